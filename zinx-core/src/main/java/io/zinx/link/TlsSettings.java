package io.zinx.link;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.zinx.InvalidSettingException;

/**
 * The TLS settings of a server.
 * <p>
 * Each connection begins with a TLS handshake. It takes a slot from the time it is
 * accepted, and can be found, kicked and broadcast to during the handshake; but
 * {@code onStart}, the time limits of messages and the reading of messages begin only
 * when the handshake has succeeded. Messages sent to it before wait until then. A
 * connection whose handshake fails ends with
 * {@link io.zinx.connection.CloseReason#HANDSHAKE_FAILED} without a call of any listener;
 * it was admitted, so it counts as accepted and closed, not as rejected. A client that
 * requests another handshake on the same connection (renegotiation, with TLS 1.2), or new
 * keys more often than eight times and once a minute (with TLS 1.3), is refused: the
 * connection ends with the same reason. Clients for which no slot is free are rejected,
 * or wait, before any handshake.
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
