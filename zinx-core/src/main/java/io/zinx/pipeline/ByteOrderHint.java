package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import org.jspecify.annotations.Nullable;

/**
 * Recognises who speaks the other one of Zinx's two formats, or the format of this server
 * in the other byte order: read so, what the client has sent is frames.
 */
final class ByteOrderHint {

	private static final int HEAD = 8;

	private ByteOrderHint() {
	}

	/**
	 * Find a hint.
	 * @param codec the server's format, which has found the first frame too long
	 * @param in what the client has sent, up to the writer index
	 * @param start the absolute index of its first byte
	 * @param allowed the longest body, in bytes
	 * @return the hint, the beginning of a sentence in the present tense, or {@code null}
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
	 * The ways in which bytes go with a format, the worst first.
	 */
	private enum Fit {

		/** They are no frames. */
		NONE,

		/** They are frames, but for the last one, which is not whole. */
		BEGUN,

		/** They are whole frames. */
		WHOLE;

		static Fit of(ByteBuf in, int start, int lengthAt, boolean bigEndian, long allowed) {
			int at = start;
			while (in.writerIndex() - at >= HEAD) {
				long length = bigEndian ? in.getUnsignedInt(at + lengthAt) : in.getUnsignedIntLE(at + lengthAt);
				if (length > allowed) {
					return NONE;
				}
				if (length > in.writerIndex() - at - HEAD) {
					return BEGUN;
				}
				at += HEAD + (int) length;
			}
			return (at == in.writerIndex()) ? WHOLE : BEGUN;
		}

	}

}
