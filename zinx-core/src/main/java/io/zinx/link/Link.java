package io.zinx.link;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.AttributeKey;
import io.zinx.authentication.Authentication;
import io.zinx.metrics.ConnectionTransport;
import org.jspecify.annotations.Nullable;

/**
 * The stage between the socket and the frames of a channel, as later stages see it. A
 * link other than {@link #PLAIN} is stored in an attribute of its channel.
 */
public interface Link {

	/** The attribute of a channel with its link. */
	AttributeKey<Link> KEY = AttributeKey.valueOf(Link.class, "link");

	/** The link of a channel in plain text. */
	Link PLAIN = new Link() {
	};

	/**
	 * The address of the peer. Any thread.
	 * @param channel the channel
	 * @return the address, also after the close of the channel if it was read before;
	 * {@code null} if it is not known
	 */
	default SocketAddress remoteAddress(Channel channel) {
		UnixPeer peer = UnixPeer.of(channel);
		return (peer != null) ? peer : channel.remoteAddress();
	}

	/**
	 * The address of the server. Any thread.
	 * @param channel the channel
	 * @return the address, also after the close of the channel if it was read before
	 */
	default SocketAddress localAddress(Channel channel) {
		UnixPeer peer = UnixPeer.of(channel);
		return (peer != null) ? peer.server() : channel.localAddress();
	}

	/**
	 * The transport. Any thread.
	 * @param channel the channel
	 * @return the transport, which changes once at most, if TLS begins on an open
	 * connection
	 */
	default ConnectionTransport transport(Channel channel) {
		if (UnixPeer.of(channel) != null) {
			return ConnectionTransport.UNIX;
		}
		return (channel.localAddress() instanceof LocalAddress) ? ConnectionTransport.MEMORY : ConnectionTransport.TCP;
	}

	/**
	 * The header of the PROXY protocol. Any thread.
	 * @return the header; {@code null} if there was none
	 */
	default @Nullable ProxyHeader proxyHeader() {
		return null;
	}

	/**
	 * The TLS session. Any thread.
	 * @return the session; {@code null} in plain text, and before the handshake has
	 * succeeded
	 */
	default @Nullable SSLSession tlsSession() {
		return null;
	}

	/**
	 * The request with which the client has begun WebSocket messages. Any thread.
	 * @return the request; {@code null} if its messages are a stream of bytes
	 */
	default @Nullable WebSocketHandshake webSocket() {
		return null;
	}

	/**
	 * The facts by which the application has admitted the client. Any thread.
	 * @return the facts; {@code null} if it was not asked
	 */
	default @Nullable Authentication authentication() {
		return null;
	}

	/**
	 * The client will get no connection, and its channel is closed next. Event loop only.
	 * @param close the last frame to a client with WebSocket messages
	 */
	default void rejected(WebSocketClose close) {
	}

	/**
	 * The client has been admitted: failures of the link concern its connection from now
	 * on. Event loop only.
	 * @param connection the connection
	 */
	default void connected(LinkListener connection) {
	}

	/**
	 * A handler that must see what is written was added behind this link, or removed.
	 * Event loop only.
	 * @param traced whether there is one
	 */
	default void traced(boolean traced) {
	}

	/**
	 * Return whether bytes were read that cannot be passed on yet, for example an
	 * incomplete TLS record. Event loop only.
	 * @return whether their rest is awaited
	 */
	default boolean isMidRecord() {
		return false;
	}

	/**
	 * Return whether this side can shut down its output and continue reading. Event loop
	 * only.
	 * @param channel the channel
	 * @return whether {@link #closeOutput} may be called
	 */
	default boolean canHalfClose(Channel channel) {
		return channel instanceof DuplexChannel duplex && !duplex.isInputShutdown();
	}

	/**
	 * Shut down the output, after everything that was written. Event loop only, if
	 * {@link #canHalfClose} returns {@code true}.
	 * @param channel the channel
	 */
	default void closeOutput(Channel channel) {
		((DuplexChannel) channel).shutdownOutput();
	}

	/**
	 * The link of a channel. Any thread.
	 * @param channel the channel
	 * @return its link, {@link #PLAIN} if none is set
	 */
	static Link of(Channel channel) {
		Link own = channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
		return (own != null) ? own : PLAIN;
	}

}
