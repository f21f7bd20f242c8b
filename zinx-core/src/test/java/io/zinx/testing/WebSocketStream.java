package io.zinx.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.zinx.link.WebSocketSettings;

/**
 * A WebSocket client for code that expects a {@link Socket}: what is written is sent as
 * one binary message for each call, or several if a server would refuse one so long; what
 * is received is a stream of the bytes of all messages, which ends with a close frame.
 * Written by hand after RFC 6455.
 */
public final class WebSocketStream extends Socket {

	private static final byte[] MASK = { 0x37, (byte) 0xfa, 0x21, 0x3d };

	/** The longest frame that a server accepts, unless it was told otherwise. */
	private static final int LONGEST = WebSocketSettings.DEFAULT_MAX_FRAME_SIZE;

	private final Socket socket;

	private final DataInputStream in;

	private final OutputStream out;

	private volatile int closeCode = -1;

	private volatile String closeText = "";

	/**
	 * Send a request and read the answer.
	 * @param socket the connected socket, of TLS or not
	 * @param path the path of the request
	 * @param headers more header lines, each with its end
	 * @throws IOException if the server does not switch to WebSocket
	 */
	public WebSocketStream(Socket socket, String path, String headers) throws IOException {
		this.socket = socket;
		this.in = new DataInputStream(socket.getInputStream());
		this.out = socket.getOutputStream();
		this.out.write(request(path, headers).getBytes(StandardCharsets.US_ASCII));
		String answer = readHead(this.in);
		if (!answer.startsWith("HTTP/1.1 101 ") || !answer.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
			throw new IOException("No WebSocket: " + answer);
		}
	}

	/**
	 * The request of RFC 6455, section 1.3.
	 * @param path its path
	 * @param headers more header lines, each with its end
	 * @return the request
	 */
	public static String request(String path, String headers) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + headers + "\r\n";
	}

	private static String readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				return head + "(end)";
			}
			head.append((char) next);
		}
		return head.toString();
	}

	/**
	 * Make a frame as a client sends it.
	 * @param firstByte the flags and the kind of the frame
	 * @param payload its payload
	 * @return its bytes
	 */
	public static byte[] frame(int firstByte, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) firstByte);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else if (payload.length < 65536) {
			frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		else {
			frame.put((byte) (0x80 | 127)).putLong(payload.length);
		}
		frame.put(MASK);
		for (int index = 0; index < payload.length; index++) {
			frame.put((byte) (payload[index] ^ MASK[index % MASK.length]));
		}
		return Arrays.copyOf(frame.array(), frame.position());
	}

	/**
	 * Send bytes as they are, without a frame.
	 * @param bytes the bytes
	 * @throws IOException if they cannot be sent
	 */
	public void sendRaw(byte[] bytes) throws IOException {
		this.out.write(bytes);
	}

	/**
	 * Read the next frame of any kind.
	 * @return its payload behind its first byte; empty at the end of the stream
	 * @throws IOException if it cannot be read
	 */
	public byte[] receiveFrame() throws IOException {
		int first = this.in.read();
		if (first < 0) {
			return new byte[0];
		}
		int length = this.in.read();
		if ((length & 0x80) != 0) {
			throw new IOException("A frame of the server is masked");
		}
		if (length == 126) {
			length = longerThan(125, this.in.readUnsignedShort());
		}
		else if (length == 127) {
			length = longerThan(65535, this.in.readLong());
		}
		byte[] frame = new byte[1 + length];
		frame[0] = (byte) first;
		this.in.readFully(frame, 1, length);
		if ((first & 0x0F) == 8 && length >= 2) {
			this.closeCode = ByteBuffer.wrap(frame, 1, 2).getShort() & 0xFFFF;
			this.closeText = new String(frame, 3, length - 2, StandardCharsets.UTF_8);
		}
		return frame;
	}

	/**
	 * Check that the length of a frame needs the bytes that it has.
	 */
	private static int longerThan(int shorter, long length) throws IOException {
		if (length <= shorter || length > Integer.MAX_VALUE) {
			throw new IOException("A frame of the server has its length in too many bytes: " + length);
		}
		return (int) length;
	}

	/**
	 * The status code of the close frame that was received.
	 * @return the code, -1 before
	 */
	public int closeCode() {
		return this.closeCode;
	}

	/**
	 * The text of the close frame that was received.
	 * @return the text, empty before
	 */
	public String closeText() {
		return this.closeText;
	}

	@Override
	public InputStream getInputStream() {
		return new MessageStream();
	}

	@Override
	public OutputStream getOutputStream() {
		return new OutputStream() {
			@Override
			public void write(int oneByte) throws IOException {
				write(new byte[] { (byte) oneByte }, 0, 1);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				int end = offset + length;
				for (int from = offset; from < end; from += LONGEST) {
					int to = Math.min(end, from + LONGEST);
					WebSocketStream.this.out.write(frame(0x82, Arrays.copyOfRange(bytes, from, to)));
				}
			}
		};
	}

	/**
	 * Send a close frame; reading goes on.
	 */
	@Override
	public void shutdownOutput() throws IOException {
		this.out.write(frame(0x88, new byte[] { 0x03, (byte) 0xe8 }));
	}

	@Override
	public void setSoLinger(boolean on, int linger) throws SocketException {
		this.socket.setSoLinger(on, linger);
	}

	@Override
	public synchronized void setSoTimeout(int millis) throws SocketException {
		this.socket.setSoTimeout(millis);
	}

	@Override
	public int getLocalPort() {
		return this.socket.getLocalPort();
	}

	@Override
	public synchronized void close() throws IOException {
		this.socket.close();
	}

	/**
	 * The bytes of all messages.
	 */
	private final class MessageStream extends InputStream {

		private byte[] payload = {};

		private int position;

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			while (this.position == this.payload.length) {
				byte[] frame;
				try {
					frame = receiveFrame();
				}
				catch (EOFException ex) {
					return -1;
				}
				int kind = (frame.length > 0) ? frame[0] & 0x0F : 8;
				if (kind == 8) {
					return -1;
				}
				if (kind == 9) {
					sendRaw(frame(0x8A, Arrays.copyOfRange(frame, 1, frame.length)));
				}
				if (kind <= 2) {
					this.payload = Arrays.copyOfRange(frame, 1, frame.length);
					this.position = 0;
				}
			}
			int count = Math.min(length, this.payload.length - this.position);
			System.arraycopy(this.payload, this.position, bytes, offset, count);
			this.position += count;
			return count;
		}

		@Override
		public int available() {
			return this.payload.length - this.position;
		}

	}

}
