package io.zinx.outbound;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.diagnostics.MemoryLimit;

/**
 * How much may wait to be written, and what happens then.
 *
 * @param maxBytes the most bytes that may wait on one connection, 1024 to 2^30; what
 * would go over it meets the {@code policy}
 * @param totalMaxBytes the most bytes that may wait on all connections together, at least
 * {@code maxBytes}; above it those that hold much of it meet the policy
 * @param highWaterMark above this many waiting bytes the connection is not read, up to
 * {@code maxBytes}; 0 for a quarter of it
 * @param lowWaterMark below this many waiting bytes it is read again, up to
 * {@code highWaterMark}; 0 for half of it
 * @param policy what happens to a message for which there is no room
 * @param blockTimeout how long a thread waits for room with policy {@code block}, more
 * than zero, up to an hour
 * @param flushTimeout how long a closing connection may take to write what it has
 * accepted, up to an hour; zero for not at all
 */
public record OutboundSettings(long maxBytes, long totalMaxBytes, int highWaterMark, int lowWaterMark,
		SlowConsumerPolicy policy, Duration blockTimeout, Duration flushTimeout) {

	private static final Duration LONGEST = Duration.ofHours(1);

	/**
	 * 1 MiB a connection, a quarter of the memory there is ({@link MemoryLimit}) for all;
	 * slow consumers are closed; five seconds to wait for room where that is asked for,
	 * and five to flush.
	 */
	public static final OutboundSettings DEFAULTS = new OutboundSettings(1024 * 1024,
			Math.max(1024 * 1024, MemoryLimit.bytes() / 4), 0, 0, SlowConsumerPolicy.CLOSE, Duration.ofSeconds(5),
			Duration.ofSeconds(5));

	public OutboundSettings {
		Objects.requireNonNull(policy, "policy");
		InvalidSettingException.requireRange("outbound.max-bytes", maxBytes, 1024, 1 << 30);
		if (totalMaxBytes < maxBytes) {
			throw new InvalidSettingException("outbound.total-max-bytes", totalMaxBytes,
					"at least outbound.max-bytes, " + maxBytes);
		}
		InvalidSettingException.requireRange("outbound.high-water-mark", highWaterMark, 0, (int) maxBytes);
		highWaterMark = (highWaterMark != 0) ? highWaterMark : (int) (maxBytes / 4);
		InvalidSettingException.requireRange("outbound.low-water-mark", lowWaterMark, 0, highWaterMark);
		lowWaterMark = (lowWaterMark != 0) ? lowWaterMark : (highWaterMark + 1) / 2;
		if (blockTimeout.isNegative() || blockTimeout.isZero() || blockTimeout.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException("outbound.block-timeout", blockTimeout, "more than zero, up to one hour");
		}
		if (flushTimeout.isNegative() || flushTimeout.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException("outbound.flush-timeout", flushTimeout, "zero to one hour");
		}
	}

}
