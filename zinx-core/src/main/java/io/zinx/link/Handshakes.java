package io.zinx.link;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ServerMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS handshakes of a server: adds TLS to clients, and counts and logs the results.
 * One for each run of a server with TLS.
 */
public final class Handshakes {

	private static final Logger logger = LoggerFactory.getLogger(Handshakes.class);

	private final String serverName;

	private final TlsSettings settings;

	private final ServerMetrics metrics;

	private final LogThrottle failures;

	/**
	 * Create the handshakes of a server.
	 * @param serverName the server's name, for logs
	 * @param settings the TLS settings
	 * @param metrics the counters of results
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	public Handshakes(String serverName, TlsSettings settings, ServerMetrics metrics, LongSupplier nanoTime) {
		this.serverName = serverName;
		this.settings = settings;
		this.metrics = metrics;
		this.failures = new LogThrottle(1, nanoTime);
	}

	/**
	 * Add TLS to the pipeline of a client, at its end. Event loop only.
	 * @param channel the channel
	 * @param handshake the handshake
	 * @param admission called on the event loop when the handshake has succeeded; adds
	 * the later handlers
	 */
	public void begin(Channel channel, PendingHandshake handshake, Consumer<Channel> admission) {
		TlsHandler tls = new TlsHandler(this.settings.context().get().newEngine(channel.alloc()));
		tls.setHandshakeTimeoutMillis(this.settings.handshakeTimeout().toMillis());
		TlsGate gate = new TlsGate(tls, handshake, this, admission);
		channel.attr(Link.KEY).set(gate);
		channel.pipeline().addLast(TlsHandler.NAME, tls).addLast(TlsGate.NAME, gate);
	}

	void succeeded(LinkListener connection) {
		this.metrics.countHandshake(HandshakeResult.SUCCESS);
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
