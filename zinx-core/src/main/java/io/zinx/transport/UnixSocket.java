package io.zinx.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

/**
 * The listening Unix domain socket.
 */
final class UnixSocket extends ListeningSocket {

	private final UnixSocketFile file;

	private final Function<Path, SocketAddress> addresses;

	/**
	 * Create a socket, not opened yet.
	 * @param bootstrap the options of its channels
	 * @param settings its path and permissions
	 * @param addresses makes an address of the kind of its channels
	 */
	UnixSocket(ServerBootstrap bootstrap, UnixSocketSettings settings, Function<Path, SocketAddress> addresses) {
		super(bootstrap);
		this.file = new UnixSocketFile(settings);
		this.addresses = addresses;
	}

	@Override
	UnixDomainSocketAddress localAddress() {
		return UnixDomainSocketAddress.of(this.file.path());
	}

	@Override
	void checkAddress() throws IOException {
		this.file.check();
	}

	@Override
	SocketAddress addressToBind() throws IOException {
		return this.addresses.apply(this.file.begin());
	}

	@Override
	ChannelHandler handler(ChannelHandler given) {
		return new AcceptedUnixSockets(localAddress(), given);
	}

	@Override
	void opened(Channel opened) throws IOException {
		try {
			this.file.publish();
		}
		catch (IOException | RuntimeException ex) {
			opened.close();
			throw ex;
		}
	}

	@Override
	void failed() {
		this.file.discard();
	}

	@Override
	void beforeClose() {
		this.file.remove();
	}

	@Override
	ServerBindException cannotListen(Throwable cause) {
		return new ServerBindException(this.file.path(), cause);
	}

}
