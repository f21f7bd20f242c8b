package io.zinx.pipeline;

import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameTooLongException;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator when clients seem to speak the other one of Zinx's two formats. The
 * first number that such a client sends is far too long a length, and a small number when
 * its bytes are read backwards.
 */
final class ByteOrderHint {

	private static final Logger logger = LoggerFactory.getLogger(ByteOrderHint.class);

	private static final LogThrottle throttle = new LogThrottle(1, System::nanoTime);

	private ByteOrderHint() {
	}

	/**
	 * Log a hint if the first frame of a connection looks swapped. At most once a second.
	 * @param connection who sent it
	 * @param codec the server's format
	 * @param ex what is wrong with its length
	 */
	static void log(Object connection, FrameCodec codec, FrameTooLongException ex) {
		String hint = find(codec, ex);
		if (hint != null) {
			throttle.log(
					(withheld) -> logger.warn("{}: {} ({} more since the last such line)", connection, hint, withheld));
		}
	}

	/**
	 * Find a hint.
	 * @param codec the server's format
	 * @param ex what is wrong with the first length
	 * @return the hint, or {@code null} if there is none
	 */
	static @Nullable String find(FrameCodec codec, FrameTooLongException ex) {
		long swapped = Integer.toUnsignedLong(Integer.reverseBytes((int) ex.declared()));
		if (swapped > ex.allowed()) {
			return null;
		}
		if (codec instanceof TlvCodec) {
			return "the first frame looks like LTV (little-endian) on a TLV server; such clients need zinx.codec=ltv";
		}
		if (codec instanceof LtvCodec) {
			return "the first frame looks like TLV (big-endian) on an LTV server; such clients need zinx.codec=tlv";
		}
		return null;
	}

}
