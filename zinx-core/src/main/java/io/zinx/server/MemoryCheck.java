package io.zinx.server;

import io.zinx.diagnostics.MemoryLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of the configured bounds against the available memory.
 */
final class MemoryCheck {

	private static final Logger logger = LoggerFactory.getLogger(MemoryCheck.class);

	private MemoryCheck() {
	}

	/**
	 * Log a warning if the bounds exceed the memory.
	 * @param config the settings
	 */
	static void warn(ServerConfig config) {
		warn(config, MemoryLimit.bytes());
	}

	/**
	 * Log a warning if the bounds exceed the memory.
	 * @param config the settings
	 * @param memory the available memory in bytes
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
