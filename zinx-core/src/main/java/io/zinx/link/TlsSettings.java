package io.zinx.link;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.zinx.InvalidSettingException;

/**
 * The TLS settings of a server.
 * <p>
 * Each client begins with a TLS handshake. It takes no slot and has no connection before
 * that has succeeded: a handshake that fails is counted as a handshake, not as a
 * connection, and no listener is called. Then it takes a slot, or is rejected, or waits
 * for one; a message to rejected clients is encrypted. A client that requests another
 * handshake on the same connection (renegotiation, with TLS 1.2), or new keys more often
 * than eight times and once a minute (with TLS 1.3), is refused: the connection ends with
 * {@link io.zinx.connection.CloseReason#HANDSHAKE_FAILED}.
 *
 * @param context supplies the context of each new connection, on event loops, so it must
 * not block; a supplier that returns another context from some time on replaces the
 * certificates of later connections. The context also determines whether clients must
 * send a certificate
 * @param handshakeTimeout the time limit of the handshake; zero for none
 */
public record TlsSettings(Supplier<SslContext> context, Duration handshakeTimeout) {

	/** The default time limit of the handshake, ten seconds. */
	public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

	public TlsSettings {
		Objects.requireNonNull(context, "context");
		Objects.requireNonNull(handshakeTimeout, "handshakeTimeout");
		if (handshakeTimeout.isNegative()) {
			throw new InvalidSettingException("ssl.handshake-timeout", handshakeTimeout, "zero or more");
		}
		if (!context.get().isServer()) {
			throw new IllegalArgumentException("context: one for clients (expected: one for servers)");
		}
	}

	/**
	 * Create settings with one context and the default time limit.
	 * @param context a context made by {@code SslContextBuilder.forServer}
	 * @return the settings
	 */
	public static TlsSettings of(SslContext context) {
		return new TlsSettings(() -> context, DEFAULT_HANDSHAKE_TIMEOUT);
	}

}
