package io.zinx.link;

import java.net.SocketAddress;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import io.zinx.metrics.LinkMetrics;
import io.zinx.metrics.ProxyHeaderResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers of the PROXY protocol that a server reads: their settings, and the counts
 * and log lines of their results. One for each run of a server. Any thread.
 */
final class ProxyHeaders {

	private static final Logger logger = LoggerFactory.getLogger(ProxyHeaders.class);

	private final String serverName;

	private final ProxyProtocolSettings settings;

	private final LinkMetrics metrics;

	private final LogThrottle failures;

	ProxyHeaders(String serverName, ProxyProtocolSettings settings, LinkMetrics metrics, LongSupplier nanoTime) {
		this.serverName = serverName;
		this.settings = settings;
		this.metrics = metrics;
		this.failures = new LogThrottle(1, nanoTime);
	}

	ProxyProtocolSettings settings() {
		return this.settings;
	}

	void succeeded(ProxyHeader header) {
		boolean named = header.clientAddress() != null;
		this.metrics.countProxyHeader(named ? ProxyHeaderResult.SUCCESS : ProxyHeaderResult.LOCAL);
		logger.debug("[{}] {}", this.serverName, header);
	}

	/**
	 * Count and log a client whose header was not read.
	 * @param channel its channel
	 * @param result the result
	 * @param cause the error, if the header is not well-formed; empty otherwise
	 */
	void failed(Channel channel, ProxyHeaderResult result, String cause) {
		this.metrics.countProxyHeader(result);
		SocketAddress peer = Link.PLAIN.remoteAddress(channel);
		if (result == ProxyHeaderResult.ABORTED || result == ProxyHeaderResult.DISPLACED) {
			logger.debug("[{}] PROXY header of {}: {}", this.serverName, peer, result);
			return;
		}
		this.failures.log((withheld) -> logger.info("[{}] Client {} is closed: {} ({} more since the last such line)",
				this.serverName, peer, describe(result, cause), withheld));
	}

	private String describe(ProxyHeaderResult result, String cause) {
		return switch (result) {
			case MISSING -> "it sent no PROXY header, which zinx.proxy-protocol.mode requires; check that the load "
					+ "balancer sends one";
			case UNTRUSTED -> "it sent a PROXY header, but its address is in none of the networks of "
					+ "zinx.proxy-protocol.trusted: " + this.settings.trusted();
			case MALFORMED -> "its PROXY header is not well-formed, " + PeerText.escape(cause);
			case TOO_LONG -> "its PROXY header is longer than " + FirstBytes.LONGEST_PROXY_2 + " bytes";
			case TIMEOUT -> "it sent no complete PROXY header within " + this.settings.timeout().toMillis()
					+ " ms (zinx.proxy-protocol.timeout)";
			case SUCCESS, LOCAL, DISPLACED, ABORTED -> result.tag();
		};
	}

}
