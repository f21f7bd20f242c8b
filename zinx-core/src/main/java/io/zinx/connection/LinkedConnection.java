package io.zinx.connection;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.zinx.authentication.Authentication;
import io.zinx.link.Link;
import io.zinx.link.ProxyHeader;
import io.zinx.link.WebSocketHandshake;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The part of a connection that has its channel, and describes what is between its socket
 * and its messages.
 */
abstract class LinkedConnection extends InboundCounter implements Connection {

	private final Channel channel;

	LinkedConnection(Channel channel, TrafficCounter traffic, long nowNanos) {
		super(traffic, nowNanos);
		this.channel = channel;
		rememberAddresses();
	}

	/**
	 * The channel of this connection, for the stages of the server around it.
	 */
	public final Channel channel() {
		return this.channel;
	}

	/**
	 * Read the addresses while the channel is open: it keeps them only if they were read
	 * once before its end.
	 */
	private void rememberAddresses() {
		this.channel.remoteAddress();
		this.channel.localAddress();
	}

	private Link link() {
		return Link.of(this.channel);
	}

	@Override
	public final SocketAddress remoteAddress() {
		return link().remoteAddress(this.channel);
	}

	@Override
	public final SocketAddress localAddress() {
		return link().localAddress(this.channel);
	}

	@Override
	public final ConnectionTransport transport() {
		return link().transport(this.channel);
	}

	@Override
	public final @Nullable ProxyHeader proxyHeader() {
		return link().proxyHeader();
	}

	@Override
	public final @Nullable WebSocketHandshake webSocket() {
		return link().webSocket();
	}

	@Override
	public final @Nullable Authentication authentication() {
		return link().authentication();
	}

	@Override
	public final @Nullable SSLSession tlsSession() {
		return link().tlsSession();
	}

}
