package io.zinx.connection;

import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The TLS below a connection, as the connection sees it. Lies with its channel, where
 * connections in plain text have nothing.
 */
public interface TlsLink {

	/** Where a channel has it. */
	AttributeKey<TlsLink> KEY = AttributeKey.valueOf(TlsLink.class, "link");

	/**
	 * What both sides have agreed on. Any thread.
	 * @return the session, or {@code null} before the handshake has succeeded
	 */
	@Nullable SSLSession session();

	/**
	 * Tell the peer that nothing more follows, behind what was written. Event loop only.
	 * @return done when that is written, or cannot be
	 */
	Future<?> closeOutput();

	/**
	 * The TLS of a channel. Any thread.
	 * @param channel the channel
	 * @return {@code null} if it speaks plain text
	 */
	static @Nullable TlsLink of(Channel channel) {
		return channel.hasAttr(KEY) ? channel.attr(KEY).get() : null;
	}

	/**
	 * The session of a channel. Any thread.
	 * @param channel the channel
	 * @return {@code null} if it speaks plain text, or its handshake has not succeeded
	 */
	static @Nullable SSLSession sessionOf(Channel channel) {
		TlsLink link = of(channel);
		return (link != null) ? link.session() : null;
	}

}
