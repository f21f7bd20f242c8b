package io.zinx.outbound;

import java.time.Duration;
import java.util.Objects;

import io.zinx.InvalidSettingException;
import io.zinx.diagnostics.MemoryLimit;

/**
 * The bounds on messages that wait to be written, and the policy for connections that
 * reach them.
 *
 * @param maxBytes the queue bound of one connection in bytes, 1024 to 2^30; the
 * {@code policy} applies to a message that would exceed it
 * @param totalMaxBytes the queue bound of all connections together in bytes, at least
 * {@code maxBytes}; when it is reached, the policy applies to the connections that hold
 * most of it
 * @param highWaterMark the number of waiting bytes above which a connection is congested
 * and not read, up to {@code maxBytes}; 0 for a quarter of it
 * @param lowWaterMark the number of waiting bytes below which it is read again, up to
 * {@code highWaterMark}; 0 for half of it
 * @param policy the policy for a message that exceeds a bound
 * @param blockTimeout the longest wait of a sending thread with policy {@code block},
 * more than zero, up to an hour
 * @param flushTimeout the time that a closing connection has to write accepted messages,
 * up to an hour; zero to drop them
 */
public record OutboundSettings(long maxBytes, long totalMaxBytes, int highWaterMark, int lowWaterMark,
		SlowConsumerPolicy policy, Duration blockTimeout, Duration flushTimeout) {

	private static final Duration LONGEST = Duration.ofHours(1);

	/**
	 * The defaults: 1 MiB for one connection, a quarter of the memory
	 * ({@link MemoryLimit}) for all; slow consumers are closed; block and flush timeouts
	 * of five seconds.
	 */
	public static final OutboundSettings DEFAULTS = new OutboundSettings(1024 * 1024,
			Math.max(1024 * 1024, MemoryLimit.bytes() / 4), 0, 0, SlowConsumerPolicy.CLOSE, Duration.ofSeconds(5),
			Duration.ofSeconds(5));

	public OutboundSettings {
		Objects.requireNonNull(policy, "policy");
		InvalidSettingException.requireBytes("outbound.max-bytes", maxBytes, 1024, 1 << 30);
		if (totalMaxBytes < maxBytes) {
			throw new InvalidSettingException("outbound.total-max-bytes", totalMaxBytes,
					"at least outbound.max-bytes, " + maxBytes + " bytes");
		}
		InvalidSettingException.requireBytes("outbound.high-water-mark", highWaterMark, 0, maxBytes);
		highWaterMark = (highWaterMark != 0) ? highWaterMark : (int) (maxBytes / 4);
		InvalidSettingException.requireBytes("outbound.low-water-mark", lowWaterMark, 0, highWaterMark);
		lowWaterMark = (lowWaterMark != 0) ? lowWaterMark : (highWaterMark + 1) / 2;
		if (blockTimeout.isNegative() || blockTimeout.isZero() || blockTimeout.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException("outbound.block-timeout", blockTimeout, "more than zero, up to one hour");
		}
		if (flushTimeout.isNegative() || flushTimeout.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException("outbound.flush-timeout", flushTimeout, "zero to one hour");
		}
	}

}
