package io.zinx.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.local.LocalAddress;

/**
 * The listening socket on a TCP port, or its counterpart within this JVM. It is opened
 * again on the same port, also if that was any free one.
 */
final class PortSocket extends ListeningSocket {

	private final String property;

	private volatile SocketAddress address;

	/**
	 * Create a socket, not opened yet.
	 * @param bootstrap the options of its channels
	 * @param address an address with port, or a {@link LocalAddress}
	 * @param property the property that names the port
	 */
	PortSocket(ServerBootstrap bootstrap, SocketAddress address, String property) {
		super(bootstrap);
		this.property = property;
		this.address = address;
	}

	@Override
	SocketAddress localAddress() {
		return this.address;
	}

	@Override
	void checkAddress() {
	}

	@Override
	SocketAddress addressToBind() {
		return this.address;
	}

	@Override
	ChannelHandler handler(ChannelHandler given) {
		return given;
	}

	@Override
	void opened(Channel opened) {
		this.address = opened.localAddress();
	}

	@Override
	void failed() {
	}

	@Override
	void beforeClose() {
	}

	@Override
	ServerBindException cannotListen(Throwable cause) {
		return (this.address instanceof InetSocketAddress inet)
				? new ServerBindException(inet.getHostString(), inet.getPort(), this.property, cause)
				: new ServerBindException(this.address.toString(), 0, this.property, cause);
	}

}
