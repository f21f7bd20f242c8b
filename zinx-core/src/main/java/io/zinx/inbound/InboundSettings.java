package io.zinx.inbound;

import io.zinx.InvalidSettingException;
import io.zinx.diagnostics.MemoryLimit;

/**
 * The memory that may be held for what was received and is not handled.
 *
 * @param maxBytes for one connection, at least one whole frame, up to 1 GiB (or one whole
 * frame if that is more); who holds as much is not read until half of it is handled
 * @param totalMaxBytes for all connections together, at least {@code maxBytes}
 */
public record InboundSettings(long maxBytes, long totalMaxBytes) {

	private static final long LARGEST = 1 << 30;

	private static final long LEAST_DEFAULT = 1024 * 1024;

	/** The part of the memory there is that may be held by default: one in so many. */
	private static final int PART = 8;

	/**
	 * Check what was set, and find what was not.
	 * @param maxBytes for one connection; 0 for the larger of 1 MiB and two whole frames
	 * @param totalMaxBytes for all connections together; 0 for an eighth of the memory
	 * there is ({@link MemoryLimit}), and at least {@code maxBytes}
	 * @param wholeFrame the length of the longest frame, head and tail included
	 * @return the settings
	 * @throws InvalidSettingException if one has a value with which frames would be left
	 * lying
	 */
	public static InboundSettings of(long maxBytes, long totalMaxBytes, long wholeFrame) {
		long largest = Math.max(LARGEST, wholeFrame);
		if (maxBytes != 0 && maxBytes < wholeFrame) {
			throw new InvalidSettingException("inbound.max-bytes", maxBytes,
					"at least " + wholeFrame + ", one whole frame of max-packet-size");
		}
		long max = (maxBytes != 0) ? InvalidSettingException.requireRange("inbound.max-bytes", maxBytes, 1, largest)
				: Math.min(largest, Math.max(LEAST_DEFAULT, 2 * wholeFrame));
		if (totalMaxBytes != 0 && totalMaxBytes < max) {
			throw new InvalidSettingException("inbound.total-max-bytes", totalMaxBytes,
					"at least inbound.max-bytes, " + max);
		}
		return new InboundSettings(max,
				(totalMaxBytes != 0) ? totalMaxBytes : Math.max(max, MemoryLimit.bytes() / PART));
	}

}
