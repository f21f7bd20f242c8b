package io.zinx.server;

import io.zinx.diagnostics.MemoryLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether there is as much memory as the settings promise.
 */
final class MemoryCheck {

	private static final Logger logger = LoggerFactory.getLogger(MemoryCheck.class);

	private MemoryCheck() {
	}

	/**
	 * Warn if connections may hold more than there is.
	 * @param config the settings
	 */
	static void warn(ServerConfig config) {
		warn(config, MemoryLimit.bytes());
	}

	/**
	 * The same.
	 * @param memory how much there is, in bytes
	 */
	static void warn(ServerConfig config, long memory) {
		long inbound = config.inbound().totalMaxBytes();
		long outbound = config.outbound().totalMaxBytes();
		if (inbound > memory - outbound) {
			logger.warn(
					"[{}] zinx.outbound.total-max-bytes ({}) and zinx.inbound.total-max-bytes ({}) together exceed the "
							+ "{} bytes of memory, the smaller of heap and direct memory: under load, messages are lost "
							+ "before these limits are reached. Lower the limits, or raise -Xmx and "
							+ "-XX:MaxDirectMemorySize",
					config.name(), outbound, inbound, memory);
		}
	}

}
