package io.zinx.traffic;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.zinx.traffic.Script.Reading;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket and the wire format, by hand, without any code of the framework.
 * One thread writes, another reads; any may close.
 */
final class Wire {

	static final int HEAD = 8;

	/** Longer than any pause of this test, and than a grace period. */
	private static final int TIMEOUT_MILLIS = 45_000;

	private static final int SLOW_BUFFER = 8 * 1024;

	private final ByteOrder order;

	private final Socket raw;

	private final Socket socket;

	private final OutputStream out;

	private final DataInputStream in;

	/**
	 * Connect, and shake hands.
	 * @param tls whom to trust, {@code null} for plain text
	 * @throws IOException if the server does not want it
	 */
	Wire(int port, boolean littleEndian, Reading reading, @Nullable SSLContext tls) throws IOException {
		this.order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
		this.raw = new Socket();
		boolean connected = false;
		try {
			if (reading == Reading.SLOW) {
				this.raw.setReceiveBufferSize(SLOW_BUFFER);
			}
			this.raw.setTcpNoDelay(true);
			this.raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
			this.raw.setSoTimeout(TIMEOUT_MILLIS);
			this.socket = (tls != null) ? encrypted(this.raw, port, tls) : this.raw;
			this.out = this.socket.getOutputStream();
			this.in = new DataInputStream((reading == Reading.SLOW) ? new SlowStream(this.socket.getInputStream())
					: new BufferedInputStream(this.socket.getInputStream(), 16 * 1024));
			connected = true;
		}
		finally {
			if (!connected) {
				this.raw.close();
			}
		}
	}

	private static Socket encrypted(Socket raw, int port, SSLContext tls) throws IOException {
		SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(raw, "localhost", port, true);
		encrypted.startHandshake();
		return encrypted;
	}

	/**
	 * Append a frame.
	 */
	void append(ByteBuffer to, long msgId, byte[] body) {
		to.order(this.order);
		boolean big = this.order == ByteOrder.BIG_ENDIAN;
		to.putInt(big ? (int) msgId : body.length).putInt(big ? body.length : (int) msgId).put(body);
	}

	void write(byte[] bytes, int from, int to) throws IOException {
		this.out.write(bytes, from, to - from);
	}

	/**
	 * Write the head of a frame that is longer than any server takes.
	 */
	void writeBadHead() throws IOException {
		this.out.write(new byte[] { 127, 127, 127, 127, 127, 127, 127, 127 });
	}

	/**
	 * Read a message.
	 * @return the message, or {@code null} if the server has said that nothing follows
	 * @throws EOFException if that comes inside a message
	 */
	@Nullable Received read() throws IOException {
		int first = this.in.read();
		if (first < 0) {
			return null;
		}
		byte[] head = new byte[HEAD];
		head[0] = (byte) first;
		this.in.readFully(head, 1, HEAD - 1);
		ByteBuffer numbers = ByteBuffer.wrap(head).order(this.order);
		boolean big = this.order == ByteOrder.BIG_ENDIAN;
		int msgId = numbers.getInt(big ? 0 : 4);
		int length = numbers.getInt(big ? 4 : 0);
		if (length < 0 || length > 1_000_000) {
			throw new IllegalStateException("No frame: message " + msgId + " of " + length + " bytes");
		}
		byte[] body = new byte[length];
		this.in.readFully(body);
		return new Received(msgId, body);
	}

	void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
	}

	void reset() throws IOException {
		this.raw.setSoLinger(true, 0);
		this.raw.close();
	}

	void closeRaw() throws IOException {
		this.raw.close();
	}

	void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A message that was received.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Received(int msgId, byte[] body) {

		@Override
		public String toString() {
			return "message " + this.msgId + " of " + this.body.length + " bytes";
		}

	}

	/**
	 * Reads a little at a time, and pauses.
	 */
	private static final class SlowStream extends InputStream {

		private static final int PAUSE_EVERY = 8 * 1024;

		private final InputStream in;

		private int unpaused;

		SlowStream(InputStream in) {
			this.in = in;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int read = this.in.read(bytes, offset, Math.min(length, 2048));
			this.unpaused += Math.max(0, read);
			if (this.unpaused >= PAUSE_EVERY) {
				this.unpaused = 0;
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			}
			return read;
		}

	}

}
