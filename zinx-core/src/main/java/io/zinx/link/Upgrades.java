package io.zinx.link;

import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.LinkMetrics;
import io.zinx.metrics.UpgradeResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests for WebSocket connections of a server: counts and logs their results. One
 * for each run of a server. Any thread.
 */
final class Upgrades {

	private static final Logger logger = LoggerFactory.getLogger(Upgrades.class);

	private final String serverName;

	private final LinkMetrics metrics;

	private final LogThrottle failures;

	Upgrades(String serverName, LinkMetrics metrics, LongSupplier nanoTime) {
		this.serverName = serverName;
		this.metrics = metrics;
		this.failures = new LogThrottle(1, nanoTime);
	}

	void succeeded(Channel channel, WebSocketHandshake handshake) {
		this.metrics.countUpgrade(UpgradeResult.SUCCESS);
		logger.debug("[{}] WebSocket connection from {}: {}", this.serverName, Link.of(channel).remoteAddress(channel),
				handshake);
	}

	/**
	 * An open connection has begun WebSocket messages.
	 */
	void changed(ConnectionTransport before, ConnectionTransport now) {
		this.metrics.changed(before, now);
	}

	/**
	 * Count a client that was closed before its request was complete.
	 * @param channel its channel
	 * @param result the result of what was under way
	 */
	void aborted(Channel channel, HandshakeResult result) {
		failed(channel, (result == HandshakeResult.DISPLACED) ? UpgradeResult.DISPLACED : UpgradeResult.ABORTED, "");
	}

	/**
	 * Count and log a client that gets no connection.
	 * @param channel its channel
	 * @param result the result
	 * @param why a sentence without a full stop
	 */
	void failed(Channel channel, UpgradeResult result, String why) {
		this.metrics.countUpgrade(result);
		Object client = Link.of(channel).remoteAddress(channel);
		if (result == UpgradeResult.HEALTH || result == UpgradeResult.ABORTED || result == UpgradeResult.DISPLACED) {
			logger.debug("[{}] Request of client {}: {}", this.serverName, client, result);
			return;
		}
		this.failures.log((withheld) -> logger.info(
				"[{}] Client {} gets no WebSocket connection: {} ({} more since the last " + "such line)",
				this.serverName, client, why, withheld));
	}

}
