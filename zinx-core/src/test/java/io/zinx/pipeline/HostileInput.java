package io.zinx.pipeline;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.codec.DelimiterCodec;
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
 * The bytes somebody may send who wants to cost a server as much as possible: a pattern
 * again and again, in one of the formats.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum HostileInput {

	/** What others are compared with. */
	PLAIN_TLV(new TlvCodec(), "00000001" + "00000010" + "61".repeat(16), true),

	PLAIN_MAGIC(resync(new TlvCodec(), "cafe"), "cafe" + "00000001" + "00000010" + "61".repeat(16), true),

	TLV_EMPTY(new TlvCodec(), "0000000100000000", true),

	LTV_EMPTY(new LtvCodec(), "0000000001000000", true),

	HTLV_EMPTY(new HtlvCrcCodec(), "a21000dde2", true),

	HTLV_WRONG_SUM(new HtlvCrcCodec(), "ff", false),

	ONE_BYTE_LENGTHS(new LengthFieldCodec(LengthField.ofLength(1)), "00", true),

	EMPTY_LINES(new DelimiterCodec(), "0a", true),

	NO_LINE(new DelimiterCodec(), "61", false),

	NEARLY_DELIMITERS(new DelimiterCodec(ones(63, "00")), "ff", false),

	RAW(new RawCodec(), "00", true),

	RESYNC_TLV(resync(new TlvCodec(), "ff"), "ff", false),

	RESYNC_LTV(resync(new LtvCodec(), "ff"), "ff", false),

	RESYNC_HTLV(resync(new HtlvCrcCodec(), "ff"), "ff", false),

	RESYNC_LENGTH_FIELD(resync(new LengthFieldCodec(LengthField.ofLength(8)), "ff"), "ff", false),

	RESYNC_LONG_MAGIC(resync(new TlvCodec(), "ff".repeat(64)), "ff", false),

	RESYNC_NEARLY_MAGIC(resync(new TlvCodec(), "ff".repeat(63) + "00"), "ff", false),

	RESYNC_ALTERNATING(resync(new TlvCodec(), "ff00"), "ffff", false),

	RESYNC_NOISE(resync(new TlvCodec(), "cafe"), HexFormat.of().formatHex(noise()), false),

	/** Frames pay for false starts, as many as they can. */
	RESYNC_PAID(resync(new HtlvCrcCodec(), "ff"), "ff".repeat(20) + "00".repeat(260) + "ffa2100101e209", true);

	private static final int SEED = 20;

	private final FrameCodec codec;

	private final byte[] pattern;

	private final boolean frames;

	HostileInput(FrameCodec codec, String pattern, boolean frames) {
		this.codec = codec;
		this.pattern = HexFormat.of().parseHex(pattern);
		this.frames = frames;
	}

	private static FrameCodec resync(FrameCodec codec, String magic) {
		return new MagicPrefixCodec(codec, HexFormat.of().parseHex(magic), OnMismatch.RESYNC, 1 << 30);
	}

	private static byte[] ones(int count, String end) {
		return HexFormat.of().parseHex("ff".repeat(count) + end);
	}

	private static byte[] noise() {
		byte[] noise = new byte[10_000];
		new Random(SEED).nextBytes(noise);
		return noise;
	}

	FrameCodec codec() {
		return this.codec;
	}

	/**
	 * Whether there are frames among the bytes.
	 */
	boolean hasFrames() {
		return this.frames;
	}

	/**
	 * The pattern, as often as it takes.
	 */
	byte[] bytes(int length) {
		ByteBuf all = Unpooled.buffer(length + this.pattern.length);
		while (all.readableBytes() < length) {
			all.writeBytes(this.pattern);
		}
		return Arrays.copyOf(ByteBufUtil.getBytes(all), length);
	}

	/**
	 * What is sent by others who use the same format as it is meant.
	 */
	HostileInput plain() {
		return (this.codec instanceof MagicPrefixCodec) ? PLAIN_MAGIC : PLAIN_TLV;
	}

}
