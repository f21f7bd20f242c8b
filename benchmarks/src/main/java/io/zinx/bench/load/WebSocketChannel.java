package io.zinx.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket connection: each frame of the load is a message, in both directions. One
 * thread.
 */
final class WebSocketChannel implements ClientChannel {

	/** With the key of RFC 6455, section 1.3. */
	private static final String REQUEST = """
			GET / HTTP/1.1\r
			Host: localhost\r
			Upgrade: websocket\r
			Connection: Upgrade\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			Sec-WebSocket-Version: 13\r
			\r
			""";

	private static final String SWITCHING = "HTTP/1.1 101 ";

	/** The answer to the key, also of RFC 6455. */
	private static final String ACCEPTED = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	private static final String END = "\r\n\r\n";

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final ClientChannel channel;

	private final ClientFrames sent;

	private final ServerFrames received = new ServerFrames();

	/** Wrapped frames that the connection below has not accepted yet. */
	private ByteBuffer unsent = NOTHING;

	/**
	 * Create a channel on a connection, and ask the server for it.
	 * @param channel the connection, whose socket blocks
	 * @param sent wraps what is sent, for all channels of the thread
	 */
	WebSocketChannel(ClientChannel channel, ClientFrames sent) throws IOException {
		this.channel = channel;
		this.sent = sent;
		upgrade();
	}

	private void upgrade() throws IOException {
		ByteBuffer request = StandardCharsets.US_ASCII.encode(REQUEST);
		while (request.hasRemaining()) {
			this.channel.write(request);
		}
		ByteBuffer answer = ByteBuffer.allocate(2 * LEAST_SPACE);
		String text = "";
		while (!text.endsWith(END)) {
			if (answer.remaining() < LEAST_SPACE || this.channel.read(answer) < 0) {
				throw new EOFException("The server has not answered a WebSocket request, but sent: " + text);
			}
			text = StandardCharsets.US_ASCII.decode(answer.duplicate().flip()).toString();
		}
		if (!text.startsWith(SWITCHING) || !text.contains(ACCEPTED)) {
			throw new IOException("The server has refused a WebSocket request: " + text);
		}
	}

	@Override
	public SocketChannel socket() {
		return this.channel.socket();
	}

	@Override
	public int read(ByteBuffer to) throws IOException {
		int before = to.position();
		int count = this.received.isClosed() ? -1 : this.channel.read(to);
		if (count < 0) {
			return -1;
		}
		this.received.unwrap(to, before);
		int unwrapped = to.position() - before;
		return (unwrapped == 0 && this.received.isClosed()) ? -1 : unwrapped;
	}

	/**
	 * Takes whole frames only.
	 */
	@Override
	public int write(ByteBuffer bytes) throws IOException {
		if (!flush()) {
			return 0;
		}
		int before = bytes.position();
		ByteBuffer wrapped = this.sent.wrap(bytes);
		send(wrapped);
		if (wrapped.hasRemaining()) {
			this.unsent = ByteBuffer.allocateDirect(wrapped.remaining()).put(wrapped).flip();
		}
		return bytes.position() - before;
	}

	private void send(ByteBuffer bytes) throws IOException {
		int written = 1;
		while (bytes.hasRemaining() && written > 0) {
			written = this.channel.write(bytes);
		}
	}

	@Override
	public boolean flush() throws IOException {
		send(this.unsent);
		return !this.unsent.hasRemaining() && this.channel.flush();
	}

	/**
	 * Tell the server that this is the end, and close the connection.
	 */
	@Override
	public void close() throws IOException {
		try (this.channel) {
			if (!this.received.isClosed() && flush()) {
				send(this.sent.close());
			}
		}
		catch (IOException ex) {
			// The server has closed it before.
		}
	}

}
