package io.zinx.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket for code that expects a {@link Socket}. It has no port, no time
 * limits and no resets.
 */
final class UnixStreamSocket extends Socket {

	private final SocketChannel channel;

	private UnixStreamSocket(SocketChannel channel) {
		this.channel = channel;
	}

	/**
	 * Connect to a socket.
	 * @param own the path of the client's own socket, {@code null} for none
	 * @param path the path of the server's socket
	 * @param receiveBuffer the size of the receive buffer in bytes, 0 for the default
	 */
	static UnixStreamSocket connect(@Nullable Path own, Path path, int receiveBuffer) throws IOException {
		SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		try {
			if (own != null) {
				channel.bind(UnixDomainSocketAddress.of(own));
			}
			if (receiveBuffer > 0) {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			}
			channel.connect(UnixDomainSocketAddress.of(path));
			return new UnixStreamSocket(channel);
		}
		catch (Throwable ex) {
			channel.close();
			throw ex;
		}
	}

	@Override
	public InputStream getInputStream() {
		return Channels.newInputStream(this.channel);
	}

	@Override
	public OutputStream getOutputStream() {
		return new ChannelOutputStream(this.channel);
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public void setSoLinger(boolean on, int linger) {
	}

	@Override
	public int getLocalPort() {
		return 1;
	}

	@Override
	public synchronized void close() throws IOException {
		this.channel.close();
	}

	/**
	 * A stream that writes while another thread reads, which those of {@link Channels} do
	 * not: they share a lock.
	 */
	private static final class ChannelOutputStream extends OutputStream {

		private final SocketChannel channel;

		ChannelOutputStream(SocketChannel channel) {
			this.channel = channel;
		}

		@Override
		public void write(int oneByte) throws IOException {
			write(new byte[] { (byte) oneByte }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
			while (rest.hasRemaining()) {
				this.channel.write(rest);
			}
		}

		@Override
		public void close() throws IOException {
			this.channel.close();
		}

	}

}
