package io.zinx.pipeline;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FirstPacketCodec;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LengthField;
import io.zinx.codec.LengthFieldCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;

/**
 * The target that Jazzer calls. The first byte chooses the format, the next two how the
 * stream is split, the one after them how many frames the lane takes at a time; the rest
 * is what the peer sends.
 */
public final class FrameReaderFuzzer {

	/** The number of bytes before the stream. */
	static final int HEAD = 4;

	private static final int LONGEST = 4096;

	private static final byte[] MAGIC = { (byte) 0xCA, (byte) 0xFE };

	private static final byte[] SHORT_MAGIC = { 0 };

	static final List<FrameCodec> CODECS = List.of(new TlvCodec(), new LtvCodec(), new HtlvCrcCodec(),
			new DelimiterCodec(), new DelimiterCodec(new byte[] { 0, 0, 1 }), new FixedLengthCodec(7), new RawCodec(),
			new LengthFieldCodec(LengthField.ofLength(1)), new LengthFieldCodec(LengthField.ofLength(2)),
			new LengthFieldCodec(LengthField.ofLength(3)), new LengthFieldCodec(LengthField.ofLength(4)),
			new LengthFieldCodec(LengthField.ofLength(8)),
			new LengthFieldCodec(new LengthField(ByteOrder.LITTLE_ENDIAN, 50, 1, 2, -3, 2)),
			new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, -1, 2, 4, Integer.MAX_VALUE, 0)),
			new MagicPrefixCodec(new TlvCodec(), MAGIC, OnMismatch.CLOSE),
			new MagicPrefixCodec(new TlvCodec(), MAGIC, OnMismatch.RESYNC),
			new MagicPrefixCodec(new HtlvCrcCodec(), SHORT_MAGIC, OnMismatch.RESYNC),
			new MagicPrefixCodec(new LengthFieldCodec(LengthField.ofLength(2)), MAGIC, OnMismatch.RESYNC),
			new FirstPacketCodec(new DelimiterCodec(), 1, new LtvCodec()),
			new FirstPacketCodec(new FixedLengthCodec(4), 9, new TlvCodec()));

	private FrameReaderFuzzer() {
	}

	/**
	 * Try one input.
	 * @param input any bytes
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length < HEAD || input.length > LONGEST) {
			return;
		}
		FrameCodec codec = CODECS.get((input[0] & 0xFF) % CODECS.size());
		byte[] stream = Arrays.copyOfRange(input, HEAD, input.length);
		Oracle.check(codec, stream, Oracle.pieces(input[1], input[2]), 1 + (input[3] & 0x0F));
	}

}
