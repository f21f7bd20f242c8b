package io.zinx.link;

import java.util.function.LongSupplier;

import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.LinkMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS handshakes of a server: counts and logs their results. One for each run of a
 * server with TLS. Any thread.
 */
final class Handshakes {

	private static final Logger logger = LoggerFactory.getLogger(Handshakes.class);

	private final String serverName;

	private final LinkMetrics metrics;

	private final LogThrottle failures;

	/**
	 * Create the handshakes of a server.
	 * @param serverName the server's name, for logs
	 * @param metrics the counters of results
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	Handshakes(String serverName, LinkMetrics metrics, LongSupplier nanoTime) {
		this.serverName = serverName;
		this.metrics = metrics;
		this.failures = new LogThrottle(1, nanoTime);
	}

	/**
	 * Count a handshake that has succeeded.
	 * @param connection the client
	 * @param late whether the client has a connection already
	 */
	void succeeded(LinkListener connection, boolean late) {
		this.metrics.countHandshake(HandshakeResult.SUCCESS);
		if (late) {
			this.metrics.changed(ConnectionTransport.TCP, ConnectionTransport.TLS);
		}
		logger.debug("[{}] TLS handshake of {} succeeded", this.serverName, connection);
	}

	/**
	 * Count and log a client that asked for another handshake, or for new keys too often.
	 */
	void refused(LinkListener connection, TlsHandler.Refusal refusal) {
		this.metrics.countHandshake(HandshakeResult.RENEGOTIATION);
		this.failures.log((withheld) -> logger.info(
				"[{}] {} is closed: its client asked for {} ({} more since the last such line)", this.serverName,
				connection, refusal, withheld));
	}

	void failed(LinkListener connection, HandshakeResult result, Throwable cause) {
		this.metrics.countHandshake(result);
		if (result == HandshakeResult.ABORTED || result == HandshakeResult.DISPLACED) {
			logger.debug("[{}] TLS handshake of {} was aborted: {}", this.serverName, connection,
					PeerText.escape(cause.toString()));
			return;
		}
		this.failures
			.log((withheld) -> logger.info("[{}] TLS handshake of {} failed: {} ({} more since the last such line)",
					this.serverName, connection, PeerText.escape(HandshakeFault.describe(result, cause)), withheld));
	}

}
