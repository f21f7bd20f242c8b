package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import org.jspecify.annotations.Nullable;

/**
 * The detection of clients that use the other one of Zinx's two formats, or the format of
 * this server in the other byte order: decoded so, their bytes are valid frames.
 */
final class ByteOrderHint {

	private static final int HEAD = 8;

	private ByteOrderHint() {
	}

	/**
	 * Find a hint.
	 * @param codec the codec of the server, for which the first frame was too long
	 * @param in the bytes of the client, up to the writer index
	 * @param start the absolute index of its first byte
	 * @param allowed the longest body, in bytes
	 * @return the hint, which completes the sentence "It looks like …", or {@code null}
	 * if there is none
	 */
	static @Nullable String find(FrameCodec codec, ByteBuf in, int start, long allowed) {
		if (codec instanceof TlvCodec) {
			return choose(Fit.of(in, start, 0, false, allowed), Fit.of(in, start, Integer.BYTES, false, allowed),
					"LTV (length first, little-endian) on a TLV server; such clients need zinx.codec=ltv",
					"TLV in little-endian order, which is no format of this server: have the client send both "
							+ "numbers big-endian",
					"little-endian numbers; clients that send the length first (LTV) need zinx.codec=ltv");
		}
		if (codec instanceof LtvCodec) {
			return choose(Fit.of(in, start, Integer.BYTES, true, allowed), Fit.of(in, start, 0, true, allowed),
					"TLV (message number first, big-endian) on an LTV server; such clients need zinx.codec=tlv",
					"LTV in big-endian order, which is no format of this server: have the client send both "
							+ "numbers little-endian",
					"big-endian numbers; clients that send the message number first (TLV) need zinx.codec=tlv");
		}
		return null;
	}

	private static @Nullable String choose(Fit other, Fit swapped, String hintOther, String hintSwapped,
			String hintEither) {
		if (other == Fit.NONE && swapped == Fit.NONE) {
			return null;
		}
		if (other == swapped) {
			return hintEither;
		}
		return (other.compareTo(swapped) > 0) ? hintOther : hintSwapped;
	}

	/**
	 * The degree to which bytes match a format, the worst first.
	 */
	private enum Fit {

		/** The bytes are no frames. */
		NONE,

		/** The bytes are frames, the last of them incomplete. */
		INCOMPLETE,

		/** The bytes are complete frames. */
		WHOLE;

		static Fit of(ByteBuf in, int start, int lengthAt, boolean bigEndian, long allowed) {
			int at = start;
			while (in.writerIndex() - at >= HEAD) {
				long length = bigEndian ? in.getUnsignedInt(at + lengthAt) : in.getUnsignedIntLE(at + lengthAt);
				if (length > allowed) {
					return NONE;
				}
				if (length > in.writerIndex() - at - HEAD) {
					return INCOMPLETE;
				}
				at += HEAD + (int) length;
			}
			return (at == in.writerIndex()) ? WHOLE : INCOMPLETE;
		}

	}

}
