package io.zinx.link;

import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.zinx.authentication.AuthenticatorCalls;
import io.zinx.metrics.LinkMetrics;
import org.jspecify.annotations.Nullable;

/**
 * The begins of the links of a server, one for each kind of place where clients are
 * accepted. One for each run of a server.
 */
public final class Links {

	/** The attribute of channels that were accepted on the port for WebSocket only. */
	public static final AttributeKey<Boolean> WEB_SOCKET_PORT = AttributeKey.valueOf(Links.class, "web-socket-port");

	private final @Nullable LinkInitializer port;

	/** The begin for Unix domain sockets, which have no TLS. */
	private final @Nullable LinkInitializer unix;

	private final @Nullable LinkInitializer webSocketPort;

	private Links(@Nullable LinkInitializer port, @Nullable LinkInitializer unix,
			@Nullable LinkInitializer webSocketPort) {
		this.port = port;
		this.unix = unix;
		this.webSocketPort = webSocketPort;
	}

	/**
	 * Create the begins of the links of a server.
	 * @param serverName the server's name, for logs
	 * @param settings the settings
	 * @param maxMessageLength the longest message of a client with its head, in bytes
	 * @param authenticator asks the application about each client; {@code null} to admit
	 * all
	 * @param metrics the counters of results
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 * @return the begins
	 */
	public static Links of(String serverName, LinkSettings settings, int maxMessageLength,
			@Nullable AuthenticatorCalls authenticator, LinkMetrics metrics, LongSupplier nanoTime) {
		LinkContext context = new LinkContext(serverName, settings, maxMessageLength, authenticator, metrics, nanoTime);
		LinkSettings unix = settings.withTls(null);
		return new Links(initializer(context, false),
				(settings.tls() != null) ? initializer(
						new LinkContext(serverName, unix, maxMessageLength, authenticator, metrics, nanoTime), false)
						: initializer(context, false),
				initializer(context, true));
	}

	private static @Nullable LinkInitializer initializer(LinkContext context, boolean webSocketPort) {
		if (webSocketPort && context.settings().webSocket() == null) {
			return null;
		}
		ProtocolChoice choice = ProtocolChoice.of(context.settings(), webSocketPort);
		return (choice.isPlain() && context.authenticator() == null) ? null : new LinkInitializer(context, choice);
	}

	/**
	 * The begin of the links of the port for all connections.
	 * @return the begin; {@code null} if they are plain
	 */
	@Nullable LinkInitializer port() {
		return this.port;
	}

	/**
	 * The begin of the link of a client.
	 * @param channel the channel
	 * @return the begin; {@code null} if the link is plain
	 */
	public @Nullable LinkInitializer of(Channel channel) {
		if (this.webSocketPort != null && channel.hasAttr(WEB_SOCKET_PORT)) {
			return this.webSocketPort;
		}
		if (this.port == null && this.unix == null) {
			return null;
		}
		return (UnixPeer.of(channel) != null) ? this.unix : this.port;
	}

}
