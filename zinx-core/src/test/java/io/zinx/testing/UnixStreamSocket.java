package io.zinx.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix domain socket for code that expects a {@link Socket}. It has no port, no time
 * limits and no resets.
 */
final class UnixStreamSocket extends Socket {

	private final SocketChannel channel;

	UnixStreamSocket(Path path, int receiveBuffer) throws IOException {
		this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
		if (receiveBuffer > 0) {
			this.channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
		}
		this.channel.connect(UnixDomainSocketAddress.of(path));
	}

	@Override
	public InputStream getInputStream() {
		return Channels.newInputStream(this.channel);
	}

	@Override
	public OutputStream getOutputStream() {
		return Channels.newOutputStream(this.channel);
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

}
