package io.zinx.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * A client on a plain blocking socket that speaks TLV by hand, without any code of the
 * framework. Waits at most ten seconds for anything.
 */
public final class SocketClient implements AutoCloseable {

	/**
	 * The receive buffer of a client that reads late, but then everything, in bytes. From
	 * one that is smaller than two segments of the loopback device, which are 64 KB, TCP
	 * lets a peer wait up to 200 ms for each piece.
	 */
	public static final int LATE_READER = 128 * 1024;

	/** The send buffer of a server that notices soon that such a client does not read. */
	public static final int SEND_BUFFER = 64 * 1024;

	/** Little, so that what is sent to who does not read stays in the kernel. */
	private static final int READ_AHEAD = 1024;

	private final Socket socket;

	private final DataInputStream in;

	private SocketClient(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_AHEAD));
	}

	/**
	 * Connect to a port of this machine.
	 * @param port the port
	 * @return the client
	 */
	public static SocketClient connect(int port) {
		return connect(port, 0);
	}

	/**
	 * Connect with a receive buffer of a given size.
	 * @param port the port
	 * @param receiveBuffer its size in bytes, 0 for the default
	 * @return the client
	 */
	public static SocketClient connect(int port, int receiveBuffer) {
		return connect(port, receiveBuffer, TestLink.usual());
	}

	/**
	 * Connect over plain TCP, whatever the usual link is.
	 * @param port the port
	 * @return the client
	 */
	public static SocketClient connectPlain(int port) {
		return connect(port, 0, TestLink.TCP);
	}

	/**
	 * Connect to a Unix domain socket.
	 * @param path its path
	 * @return the client, which waits for as long as it takes
	 */
	public static SocketClient connect(Path path) {
		return connect(null, path);
	}

	/**
	 * Connect to a Unix domain socket, possibly from one that has a path of its own.
	 * @param own the path of the client's socket, {@code null} for none
	 * @param path the path of the server's socket
	 * @return the client, which waits for as long as it takes
	 */
	public static SocketClient connect(@Nullable Path own, Path path) {
		try {
			return new SocketClient(UnixStreamSocket.connect(own, path, 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect over a link.
	 * @param port the port of the server, which also finds its Unix domain socket
	 * @param receiveBuffer the size of the receive buffer in bytes, 0 for the default
	 * @param link the link
	 * @return the client
	 */
	public static SocketClient connect(int port, int receiveBuffer, TestLink link) {
		try {
			return switch (link) {
				case TCP -> connect(port, receiveBuffer, (SSLContext) null);
				case TLS -> connect(port, receiveBuffer, TestTls.clientContext());
				case PROXY_TLS -> connectBehind(port, receiveBuffer, ProxyHeaderBytes.v1(), TestTls.clientContext());
				case UNIX -> new SocketClient(UnixStreamSocket.connect(null, TestLink.path(port), receiveBuffer));
				case WS -> connect(port, receiveBuffer, (SSLContext) null).webSocket("/", "");
				case WSS -> connect(port, receiveBuffer, TestTls.clientContext()).webSocket("/", "");
			};
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Begin to exchange WebSocket messages.
	 * @param path the path of the request
	 * @param headers more header lines, each with its end
	 * @return a client that reads and writes what the messages carry
	 */
	public SocketClient webSocket(String path, String headers) {
		try {
			return new SocketClient(new WebSocketStream(this.socket, path, headers));
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The WebSocket frames of this client.
	 * @return the frames
	 */
	public WebSocketStream frames() {
		return (WebSocketStream) this.socket;
	}

	/**
	 * Connect and shake hands.
	 * @param port the port
	 * @param receiveBuffer its size in bytes, 0 for the default
	 * @param tls whom to trust, {@code null} for plain text
	 * @return the client
	 */
	public static SocketClient connect(int port, int receiveBuffer, @Nullable SSLContext tls) {
		try {
			Socket socket = new LoopbackSocket(port, receiveBuffer);
			return new SocketClient((tls != null) ? encrypted(socket, port, tls) : socket);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect behind a load balancer that sends a header first.
	 * @param port the port
	 * @param header the header, may be empty
	 * @param tls whom to trust, {@code null} for plain text
	 * @return the client
	 */
	public static SocketClient connectBehind(int port, byte[] header, @Nullable SSLContext tls) {
		return connectBehind(port, header, tls, () -> {
		});
	}

	/**
	 * Connect behind a load balancer that sends a header first.
	 * @param port the port
	 * @param header the header, may be empty
	 * @param tls whom to trust, {@code null} for plain text
	 * @param beforeFirstByte run when the socket is connected
	 * @return the client
	 */
	public static SocketClient connectBehind(int port, byte[] header, @Nullable SSLContext tls,
			Runnable beforeFirstByte) {
		SocketClient plain = connect(port, 0, (SSLContext) null);
		beforeFirstByte.run();
		return behind(plain, port, header, tls);
	}

	private static SocketClient connectBehind(int port, int receiveBuffer, byte[] header, SSLContext tls) {
		return behind(connect(port, receiveBuffer, (SSLContext) null), port, header, tls);
	}

	private static SocketClient behind(SocketClient plain, int port, byte[] header, @Nullable SSLContext tls) {
		plain.sendRaw(header);
		try {
			return (tls != null) ? new SocketClient(encrypted(plain.socket, port, tls)) : plain;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect behind a load balancer that sends a header first, and ask for a server by
	 * name.
	 * @param port the port
	 * @param header the header, may be empty
	 * @param tls whom to trust, {@code null} for plain text
	 * @param serverName the name to ask for by TLS, empty for none
	 * @return the client
	 */
	public static SocketClient connectBehind(int port, byte[] header, @Nullable SSLContext tls, String serverName) {
		SocketClient plain = connect(port, 0, (SSLContext) null).sendRaw(header);
		try {
			return (tls != null) ? new SocketClient(encrypted(plain.socket, port, tls, serverName)) : plain;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect with TLS, ask for a server by name, and close.
	 * @param port the port
	 * @param serverName the name, empty for none
	 * @return the subject of the certificate that was presented
	 */
	public static String subjectOf(int port, String serverName) {
		try (SocketClient plain = connect(port, 0, (SSLContext) null)) {
			SSLSocket encrypted = (SSLSocket) TestTls.clientContext()
				.getSocketFactory()
				.createSocket(plain.socket, "", port, true);
			SSLParameters parameters = encrypted.getSSLParameters();
			parameters.setServerNames(serverName.isEmpty() ? List.of() : List.of(new SNIHostName(serverName)));
			encrypted.setSSLParameters(parameters);
			encrypted.startHandshake();
			// With TLS 1.3 the server is through only when it has read the client's last
			// message of the handshake.
			encrypted.getOutputStream().write(frame(1, "done"));
			encrypted.getInputStream().read();
			return ((X509Certificate) encrypted.getSession().getPeerCertificates()[0]).getSubjectX500Principal()
				.getName();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Socket encrypted(Socket socket, int port, SSLContext tls) throws IOException {
		return encrypted(socket, port, tls, "");
	}

	private static Socket encrypted(Socket socket, int port, SSLContext tls, String serverName) throws IOException {
		SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", port, true);
		if (!serverName.isEmpty()) {
			SSLParameters parameters = encrypted.getSSLParameters();
			parameters.setServerNames(List.of(new SNIHostName(serverName)));
			encrypted.setSSLParameters(parameters);
		}
		try {
			encrypted.startHandshake();
			return encrypted;
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Connect behind a load balancer that sends a header first, and send everything in
	 * two pieces.
	 * @param port the port
	 * @param header the header, may be empty
	 * @param tls whom to trust, {@code null} for plain text
	 * @param at the size of the first piece in bytes
	 * @param between run when the first piece is sent
	 * @return the client
	 */
	public static SocketClient connectDivided(int port, byte[] header, @Nullable SSLContext tls, int at,
			Runnable between) {
		try {
			return behind(new SocketClient(new DividedSocket(port, at, between)), port, header, tls);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connect by TLS, and send what is encrypted in small pieces.
	 * @param port the port
	 * @param tls whom to trust
	 * @return the client
	 */
	public static SocketClient connectInPieces(int port, SSLContext tls) {
		try {
			return new SocketClient(encrypted(new PieceSocket(port), port, tls));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Make a TLV frame.
	 * @param msgId the message number
	 * @param body the body
	 * @return its bytes
	 */
	public static byte[] frame(long msgId, byte[] body) {
		return ByteBuffer.allocate(8 + body.length).putInt((int) msgId).putInt(body.length).put(body).array();
	}

	/**
	 * Make a TLV frame.
	 * @param msgId the message number
	 * @param text the body, in UTF-8
	 * @return its bytes
	 */
	public static byte[] frame(long msgId, String text) {
		return frame(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send a message.
	 * @param msgId the message number
	 * @param text the body, in UTF-8
	 * @return this client
	 */
	public SocketClient send(long msgId, String text) {
		return sendRaw(frame(msgId, text));
	}

	/**
	 * Send bytes as they are.
	 * @param bytes the bytes
	 * @return this client
	 */
	public SocketClient sendRaw(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read the next message.
	 * @return the message
	 */
	public Received receive() {
		Received received = receiveOrEnd();
		if (received == null) {
			throw new AssertionError("The server closed the connection");
		}
		return received;
	}

	/**
	 * Read the next message, or the end.
	 * @return the message, or {@code null} if the server has closed the connection
	 */
	public @Nullable Received receiveOrEnd() {
		try {
			long msgId = Integer.toUnsignedLong(this.in.readInt());
			byte[] body = new byte[this.in.readInt()];
			this.in.readFully(body);
			return new Received(msgId, body);
		}
		catch (EOFException ex) {
			return null;
		}
		catch (IOException ex) {
			if (isReset(ex)) {
				return null;
			}
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read bytes as they are.
	 * @param length how many
	 * @return the bytes
	 */
	public byte[] receiveRaw(int length) {
		try {
			byte[] bytes = new byte[length];
			this.in.readFully(bytes);
			return bytes;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read bytes as they are until the server closes the connection.
	 * @return the bytes
	 */
	public byte[] receiveAll() {
		try {
			return this.in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read until the server closes the connection; fails if it sends a message.
	 */
	public void awaitClose() {
		Received received = receiveOrEnd();
		if (received != null) {
			throw new AssertionError("Expected the end, received " + received);
		}
	}

	/**
	 * Say that nothing more will be sent; reading goes on.
	 * @return this client
	 */
	public SocketClient shutdownOutput() {
		try {
			this.socket.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Break the connection: the server sees a reset.
	 */
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The TLS session of this client.
	 * @return the session
	 */
	public SSLSession session() {
		return ((SSLSocket) this.socket).getSession();
	}

	/**
	 * The port of this side.
	 * @return the port
	 */
	public int localPort() {
		return this.socket.getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isReset(IOException ex) {
		String message = ex.getMessage();
		return message != null && (message.contains("reset") || message.contains("Broken pipe"));
	}

	/**
	 * A message that was received.
	 *
	 * @param msgId its number
	 * @param body its body
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Received(long msgId, byte[] body) {

		/**
		 * The body as text.
		 * @return the body, read as UTF-8
		 */
		public String text() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return "message " + this.msgId + " \"" + text() + "\"";
		}

	}

}
