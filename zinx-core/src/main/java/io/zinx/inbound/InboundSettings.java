package io.zinx.inbound;

import io.zinx.InvalidSettingException;
import io.zinx.diagnostics.MemoryLimit;

/**
 * The bounds on memory for messages that were received and are not handled yet.
 *
 * @param maxBytes the bound of one connection in bytes, at least one whole frame, up to 1
 * GiB (or one whole frame if that is more); a connection that reaches it is not read
 * until half of it is handled
 * @param totalMaxBytes the bound of all connections together in bytes, at least
 * {@code maxBytes}; when it is reached, connections that hold more than an equal share of
 * it are not read
 */
public record InboundSettings(long maxBytes, long totalMaxBytes) {

	private static final long LARGEST = 1 << 30;

	private static final long LEAST_DEFAULT = 1024 * 1024;

	/** The divisor of the memory that gives the default of the total bound. */
	private static final int PART = 8;

	/**
	 * Check the bounds that were set, and compute those that were not.
	 * @param maxBytes the bound of one connection in bytes; 0 for the larger of 1 MiB and
	 * two whole frames
	 * @param totalMaxBytes the bound of all connections together in bytes; 0 for an
	 * eighth of the memory there is ({@link MemoryLimit}), and at least {@code maxBytes}
	 * @param wholeFrame the length of the longest frame, head and tail included
	 * @return the settings
	 * @throws InvalidSettingException if a bound is too small for one whole frame, or out
	 * of range
	 */
	public static InboundSettings of(long maxBytes, long totalMaxBytes, long wholeFrame) {
		long largest = Math.max(LARGEST, wholeFrame);
		if (maxBytes != 0 && maxBytes < wholeFrame) {
			throw new InvalidSettingException("inbound.max-bytes", maxBytes,
					"at least " + wholeFrame + " bytes, one whole frame of max-packet-size");
		}
		long max = (maxBytes != 0) ? InvalidSettingException.requireBytes("inbound.max-bytes", maxBytes, 1, largest)
				: Math.min(largest, Math.max(LEAST_DEFAULT, 2 * wholeFrame));
		if (totalMaxBytes != 0 && totalMaxBytes < max) {
			throw new InvalidSettingException("inbound.total-max-bytes", totalMaxBytes,
					"at least inbound.max-bytes, " + max + " bytes");
		}
		return new InboundSettings(max,
				(totalMaxBytes != 0) ? totalMaxBytes : Math.max(max, MemoryLimit.bytes() / PART));
	}

}
