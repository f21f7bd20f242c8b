package io.zinx.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The bytes of a connection, as the load sends and expects them: in plain text on the
 * socket, encrypted, or in WebSocket messages. One thread.
 */
interface ClientChannel extends Closeable {

	/** More than the longest record of TLS, in bytes. */
	int LEAST_SPACE = 32 * 1024;

	/**
	 * The socket, to wait for it.
	 */
	SocketChannel socket();

	/**
	 * Read once from the socket.
	 * @param to the buffer to read into, with space for {@link #LEAST_SPACE} bytes, and
	 * for {@link FrameStream#WINDOW} if more than one frame may come
	 * @return the number of bytes, possibly 0; -1 at the end
	 * @throws IOException if the connection is broken
	 */
	int read(ByteBuffer to) throws IOException;

	/**
	 * Write as much as the socket accepts.
	 * @param bytes the bytes, from where the last call has stopped
	 * @return the number of bytes taken from the buffer, possibly 0
	 * @throws IOException if the connection is broken
	 */
	int write(ByteBuffer bytes) throws IOException;

	/**
	 * Write the rest of what was taken before.
	 * @return whether the socket has accepted all of it
	 * @throws IOException if the connection is broken
	 */
	boolean flush() throws IOException;

	/**
	 * A connection in plain text.
	 *
	 * @param socket the socket
	 */
	record Plain(SocketChannel socket) implements ClientChannel {

		@Override
		public int read(ByteBuffer to) throws IOException {
			return this.socket.read(to);
		}

		@Override
		public int write(ByteBuffer bytes) throws IOException {
			return this.socket.write(bytes);
		}

		@Override
		public boolean flush() {
			return true;
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
