package io.zinx.link;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * The stage between the socket and the frames of a channel, as what lies behind it sees
 * it. A link other than {@link #PLAIN} lies with its channel, where connections in plain
 * text have nothing.
 */
public interface Link {

	/** The channel's attribute that holds its link. */
	AttributeKey<Link> KEY = AttributeKey.valueOf(Link.class, "link");

	/** The link of a channel whose socket carries frames and nothing else. */
	Link PLAIN = new Link() {
	};

	/**
	 * The address of the peer. Any thread.
	 * @param channel the channel
	 * @return the address, also when the channel is closed if it was asked for before;
	 * {@code null} if it is not known
	 */
	default SocketAddress remoteAddress(Channel channel) {
		return channel.remoteAddress();
	}

	/**
	 * The TLS session that both sides have agreed on. Any thread.
	 * @return the session; {@code null} in plain text, and before the handshake has
	 * succeeded
	 */
	default @Nullable SSLSession tlsSession() {
		return null;
	}

	/**
	 * Whether frames can flow. Event loop only.
	 * @return {@code false} before a handshake has succeeded
	 */
	default boolean isOpen() {
		return true;
	}

	/**
	 * Whether part of something was read that cannot be decoded before its rest comes.
	 * Event loop only.
	 * @return whether a rest is awaited
	 */
	default boolean isMidRecord() {
		return false;
	}

	/**
	 * Whether this side can say that nothing more follows and go on reading. Event loop
	 * only.
	 * @param channel the channel
	 * @return whether {@link #closeOutput} may be called
	 */
	default boolean canHalfClose(Channel channel) {
		return channel instanceof DuplexChannel duplex && !duplex.isInputShutdown();
	}

	/**
	 * Tell the peer that nothing more follows, behind all that was written. Event loop
	 * only, if {@link #canHalfClose} holds.
	 * @param channel the channel
	 */
	default void closeOutput(Channel channel) {
		((DuplexChannel) channel).shutdownOutput();
	}

	/**
	 * The link of a channel. Any thread.
	 * @param channel the channel
	 * @return its link, {@link #PLAIN} if it has none of its own
	 */
	static Link of(Channel channel) {
		Link own = channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
		return (own != null) ? own : PLAIN;
	}

}
