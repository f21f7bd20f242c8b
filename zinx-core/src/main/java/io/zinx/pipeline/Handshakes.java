package io.zinx.pipeline;

import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.LogThrottle;
import io.zinx.connection.TlsLink;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ServerMetrics;
import io.zinx.transport.TlsSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts TLS in front of connections, and counts and logs how their handshakes end. One for
 * each run of a server that speaks TLS.
 */
public final class Handshakes {

	private static final Logger logger = LoggerFactory.getLogger(Handshakes.class);

	private final String serverName;

	private final TlsSettings settings;

	private final ServerMetrics metrics;

	private final LogThrottle failures;

	/**
	 * Describe the handshakes.
	 * @param serverName the server's name, for logs
	 * @param settings how connections are encrypted
	 * @param metrics where results are counted
	 * @param nanoTime the time, as {@link System#nanoTime()}
	 */
	public Handshakes(String serverName, TlsSettings settings, ServerMetrics metrics, LongSupplier nanoTime) {
		this.serverName = serverName;
		this.settings = settings;
		this.metrics = metrics;
		this.failures = new LogThrottle(1, nanoTime);
	}

	/**
	 * Put TLS into the pipeline of a connection, behind what is there. Event loop only.
	 */
	void begin(Channel channel, ChannelConnection connection) {
		TlsHandler tls = new TlsHandler(this.settings.context().get().newEngine(channel.alloc()));
		tls.setHandshakeTimeoutMillis(this.settings.handshakeTimeout().toMillis());
		TlsGate gate = new TlsGate(tls, connection, this);
		channel.attr(TlsLink.KEY).set(gate);
		channel.pipeline().addLast(TlsHandler.NAME, tls).addLast(TlsGate.NAME, gate);
	}

	void succeeded(ChannelConnection connection) {
		this.metrics.countHandshake(HandshakeResult.SUCCESS);
		logger.debug("[{}] TLS handshake of {} succeeded", this.serverName, connection);
	}

	void failed(ChannelConnection connection, HandshakeResult result, Throwable cause) {
		this.metrics.countHandshake(result);
		if (result == HandshakeResult.ABORTED) {
			logger.debug("[{}] TLS handshake of {} was aborted: {}", this.serverName, connection, cause.toString());
			return;
		}
		this.failures
			.log((withheld) -> logger.info("[{}] TLS handshake of {} failed: {} ({} more since the last such line)",
					this.serverName, connection, HandshakeFault.describe(result, cause), withheld));
	}

}
