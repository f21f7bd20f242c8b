package io.zinx.link;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.zinx.InvalidSettingException;

/**
 * How connections are encrypted.
 * <p>
 * Each connection begins with a TLS handshake. It counts against {@code max-conn} from
 * the moment it is accepted, and can be found, kicked and broadcast to meanwhile; but it
 * starts, that is {@code onStart}, time limits of messages and all reading of messages,
 * only when the handshake has succeeded. What is sent to it before waits till then. One
 * whose handshake fails ends with {@link io.zinx.connection.CloseReason#HANDSHAKE_FAILED}
 * and without any hook; it was admitted, so it counts as accepted and closed, not as
 * rejected. A client that wants another handshake on the same connection (renegotiation,
 * with TLS 1.2), or new keys more often than eight times and once a minute (with TLS
 * 1.3), is refused: the connection ends with the same reason. Clients for which there is
 * no slot are turned away, or wait, before any handshake.
 *
 * @param context asked by event loops for each new connection, so it must not block; who
 * answers with another one from some moment on, exchanges certificates for the
 * connections that come after that. Says which clients must show a certificate
 * @param handshakeTimeout how long a client may take for the handshake; zero for as long
 * as it likes
 */
public record TlsSettings(Supplier<SslContext> context, Duration handshakeTimeout) {

	/** Ten seconds for the handshake. */
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
	 * Encrypt with one context, and the default time for handshakes.
	 * @param context made by {@code SslContextBuilder.forServer}
	 * @return the settings
	 */
	public static TlsSettings of(SslContext context) {
		return new TlsSettings(() -> context, DEFAULT_HANDSHAKE_TIMEOUT);
	}

}
