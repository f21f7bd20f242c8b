package io.zinx.outbound;

import java.time.Duration;

import io.zinx.InvalidSettingException;

/**
 * How much may wait to be written.
 *
 * @param maxBytes the most bytes that may wait on one connection, 1024 or more; above a
 * quarter of it reading from that connection pauses, and what would go over it closes the
 * connection with {@code slow-consumer}
 * @param totalMaxBytes the most bytes that may wait on all connections together, at least
 * {@code maxBytes}; above it connections that hold much of it are closed
 * @param flushTimeout how long a closing connection may take to write what it has
 * accepted, up to an hour; zero for not at all
 */
public record OutboundSettings(long maxBytes, long totalMaxBytes, Duration flushTimeout) {

	private static final Duration LONGEST_FLUSH = Duration.ofHours(1);

	/** 1 MiB a connection, a quarter of the memory for all, five seconds to flush. */
	public static final OutboundSettings DEFAULTS = new OutboundSettings(1024 * 1024,
			Math.max(1024 * 1024, Runtime.getRuntime().maxMemory() / 4), Duration.ofSeconds(5));

	public OutboundSettings {
		InvalidSettingException.requireRange("outbound.max-bytes", maxBytes, 1024, 1 << 30);
		if (totalMaxBytes < maxBytes) {
			throw new InvalidSettingException("outbound.total-max-bytes", totalMaxBytes,
					"at least outbound.max-bytes, " + maxBytes);
		}
		if (flushTimeout.isNegative() || flushTimeout.compareTo(LONGEST_FLUSH) > 0) {
			throw new InvalidSettingException("outbound.flush-timeout", flushTimeout, "zero to one hour");
		}
	}

	/**
	 * Above this many waiting bytes a connection is not read.
	 * @return a quarter of {@link #maxBytes()}
	 */
	public int highWaterMark() {
		return (int) (this.maxBytes / 4);
	}

	/**
	 * Below this many waiting bytes a connection is read again.
	 * @return an eighth of {@link #maxBytes()}
	 */
	public int lowWaterMark() {
		return (int) (this.maxBytes / 8);
	}

}
