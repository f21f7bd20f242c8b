package io.zinx.codec;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Dirty streams of frames behind a magic, and streams that begin with a packet of their
 * own, byte by byte.
 */
class ResyncTests {

	private static final byte[] MAGIC = { (byte) 0xCA, (byte) 0xFE };

	private static final String EMPTY = "cafe" + "00000002" + "00000000";

	private final FrameCodec lenient = new MagicPrefixCodec(new TlvCodec(), MAGIC, OnMismatch.RESYNC);

	private final Frame frame = new Frame();

	@ParameterizedTest
	@CsvSource({ "'', 0", "00, 1", "cacacb, 3", "cacaca, 3", "010203ca, 4", "cafe00000001ffffffff, 10" })
	void everyByteThatBelongsToNoFrameIsCountedOnceHoweverItArrives(String dirt, int skipped) {
		byte[] stream = HexFormat.of().parseHex(dirt + EMPTY + dirt + EMPTY);
		for (int piece = 1; piece <= stream.length; piece++) {
			FrameDecoder decoder = this.lenient.newDecoder(4096);
			ByteBuf in = Unpooled.buffer();
			int frames = 0;
			long counted = 0;
			for (int sent = 0; sent < stream.length; sent += piece) {
				in.writeBytes(stream, sent, Math.min(piece, stream.length - sent));
				while (in.isReadable() && decoder.decode(in, this.frame) == FrameDecoder.COMPLETE) {
					frames++;
				}
				counted += this.frame.takeSkipped();
			}
			assertThat(frames).as("in pieces of " + piece).isEqualTo(2);
			assertThat(counted).as("in pieces of " + piece).isEqualTo(2L * skipped);
			assertThat(this.frame.takeSkipped()).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "ca, 1", "cafe, 1", "cafe00000001, 4", "cafe0000000100000005, 5", "cafe000000010000000501, 4" })
	void whatIsMissingIsSaidAndNothingIsTaken(String stream, int missing) {
		ByteBuf in = Unpooled.copiedBuffer(HexFormat.of().parseHex("00" + stream)).skipBytes(1);
		assertThat(this.lenient.newDecoder(4096).decode(in, this.frame)).isEqualTo(missing);
		assertThat(in.readerIndex()).isOne();
	}

	@Test
	void aStreamThatMayNotBeDirtyKeepsItsReaderWhereTheFaultIs() {
		FrameCodec strict = new MagicPrefixCodec(new TlvCodec(), MAGIC, OnMismatch.CLOSE);
		ByteBuf in = Unpooled.copiedBuffer(HexFormat.of().parseHex(EMPTY + "cb"));
		FrameDecoder decoder = strict.newDecoder(4096);
		assertThat(decoder.decode(in, this.frame)).isEqualTo(FrameDecoder.COMPLETE);
		assertThatExceptionOfType(CorruptFrameException.class).isThrownBy(() -> decoder.decode(in, this.frame));
		assertThat(in.readableBytes()).isOne();
		assertThat(this.frame.takeSkipped()).isZero();
	}

	@Test
	void theMagicIsNotTakenFromOutsideAfterwards() {
		byte[] mine = MAGIC.clone();
		FrameCodec codec = new MagicPrefixCodec(new TlvCodec(), mine, OnMismatch.CLOSE);
		mine[0] = 0;
		assertThat(Decoding.encode(codec, "")).isEqualTo("cafe0000000000000000");
	}

	private static FrameDecoder lenient(FrameCodec inner, String magic, int maxSkipped) {
		return new MagicPrefixCodec(inner, HexFormat.of().parseHex(magic), OnMismatch.RESYNC, maxSkipped)
			.newDecoder(4096);
	}

	@Test
	void noMoreBytesAreSkippedInARowThanIsAllowed() {
		FrameDecoder decoder = lenient(new TlvCodec(), "cafe", 100);
		byte[] empty = HexFormat.of().parseHex(EMPTY);
		for (int i = 0; i < 10; i++) {
			ByteBuf in = Unpooled.buffer().writeZero(100).writeBytes(empty);
			assertThat(decoder.decode(in, this.frame)).isEqualTo(FrameDecoder.COMPLETE);
			assertThat(this.frame.takeSkipped()).isEqualTo(100);
		}
		assertThat(decoder.decode(Unpooled.buffer().writeZero(50), this.frame)).isEqualTo(FrameDecoder.MORE);
		assertThatExceptionOfType(CorruptFrameException.class)
			.isThrownBy(() -> decoder.decode(Unpooled.buffer().writeZero(51).writeBytes(empty), this.frame))
			.withMessage("101 bytes belong to no frame (zinx.magic.max-skipped: 100)");
		assertThat(this.frame.takeSkipped()).isEqualTo(101);
	}

	/**
	 * Each of these bytes begins a frame of 260 bytes whose check sum is wrong.
	 */
	@Test
	void whoOnlyMakesItLookForCheckSumsIsRefused() {
		FrameDecoder decoder = lenient(new HtlvCrcCodec(), "ff", 1 << 20);
		byte[] ones = new byte[4096];
		Arrays.fill(ones, (byte) 0xFF);
		assertThatExceptionOfType(CorruptFrameException.class)
			.isThrownBy(() -> decoder.decode(Unpooled.wrappedBuffer(ones), this.frame))
			.withMessageStartingWith("Too many magic bytes without a valid frame after them")
			.withMessageContaining("checksum");
		assertThat(this.frame.takeSkipped()).isBetween(1024L, 1100L);
	}

	/**
	 * Each of these bytes is followed by a length that no frame has, so nothing is tried
	 * and nothing is thrown.
	 */
	@Test
	void magicBytesBeforeAHeadThatIsRuledOutAreNoFalseStarts() {
		FrameDecoder decoder = lenient(new TlvCodec(), "ff", 1 << 20);
		byte[] ones = new byte[100_000];
		Arrays.fill(ones, (byte) 0xFF);
		assertThat(decoder.decode(Unpooled.wrappedBuffer(ones), this.frame)).isEqualTo(FrameDecoder.MORE);
		assertThat(this.frame.takeSkipped()).isGreaterThan(99_900);
	}

	@Test
	void noiseOnALineIsNoReasonToRefuse() {
		FrameDecoder decoder = lenient(new HtlvCrcCodec(), "ff", 1 << 20);
		byte[] whole = HexFormat.of().parseHex("ffa2100101e209");
		Random random = new Random(5);
		byte[] noise = new byte[1000];
		int frames = 0;
		for (int i = 0; i < 5000; i++) {
			random.nextBytes(noise);
			ByteBuf in = Unpooled.buffer().writeBytes(noise).writeZero(300).writeBytes(whole);
			while (in.isReadable() && decoder.decode(in, this.frame) == FrameDecoder.COMPLETE) {
				frames++;
			}
		}
		assertThat(frames).isGreaterThanOrEqualTo(5000);
	}

	@Test
	void aHeadThatIsRuledOutIsOneThatTheFormatRefuses() {
		Random random = new Random(9);
		FrameCodec[] codecs = { new TlvCodec(), new LtvCodec(), new HtlvCrcCodec(),
				new LengthFieldCodec(LengthField.ofLength(1)), new LengthFieldCodec(LengthField.ofLength(8)),
				new LengthFieldCodec(new LengthField(ByteOrder.LITTLE_ENDIAN, 50, 1, 2, -3, 2)),
				new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, -1, 0, 4, Integer.MAX_VALUE, 0)) };
		int[] ruledOut = new int[codecs.length];
		for (int round = 0; round < 70_000; round++) {
			byte[] bytes = new byte[1 + random.nextInt(12)];
			for (int at = 0; at < bytes.length; at++) {
				bytes[at] = (byte) (random.nextInt(3) > 0 ? 0 : random.nextInt());
			}
			FrameCodec codec = codecs[round % codecs.length];
			boolean may = ((HeadCheck) codec.newDecoder(10)).mayBegin(Unpooled.wrappedBuffer(bytes), 0);
			boolean refused = refuses(codec, bytes);
			assertThat(may).as(codec.name() + " " + HexFormat.of().formatHex(bytes)).isEqualTo(!refused);
			ruledOut[round % codecs.length] += refused ? 1 : 0;
		}
		assertThat(Arrays.stream(ruledOut).limit(2)).allMatch((count) -> count > 100);
	}

	private boolean refuses(FrameCodec codec, byte[] bytes) {
		try {
			codec.newDecoder(10).decode(Unpooled.wrappedBuffer(bytes), this.frame);
			return false;
		}
		catch (ChecksumException ex) {
			return false;
		}
		catch (FrameException ex) {
			return true;
		}
	}

	/**
	 * The whole frame of a body is known from where the body lies: behind the magic and
	 * the head, or, of a first packet, from the first byte on.
	 */
	@Test
	void theFrameAroundABodyIsThatOfItsOwnFormat() {
		FrameCodec codec = new FirstPacketCodec(new DelimiterCodec(), 9,
				new MagicPrefixCodec(new HtlvCrcCodec(), MAGIC, OnMismatch.CLOSE));
		ByteBuf in = Unpooled.copiedBuffer(HexFormat.of().parseHex("41420d0a" + "cafea2100101e209"));
		FrameDecoder decoder = codec.newDecoder(4096);
		assertThat(decoder.decode(in, this.frame)).isEqualTo(FrameDecoder.COMPLETE);
		assertFrame(codec, in, 0, 4);
		assertThat(decoder.decode(in, this.frame)).isEqualTo(FrameDecoder.COMPLETE);
		assertFrame(codec, in, 4, 12);
	}

	private void assertFrame(FrameCodec codec, ByteBuf in, int start, int end) {
		assertThat(codec.frameStart(this.frame.bodyIndex())).isEqualTo(start);
		assertThat(codec.frameEnd(in, this.frame.bodyIndex(), this.frame.bodyLength())).isEqualTo(end);
	}

	@Test
	void aFirstPacketThatIsNotWholeIsWaitedFor() {
		FrameDecoder decoder = new FirstPacketCodec(new FixedLengthCodec(4), 9, new TlvCodec()).newDecoder(4);
		ByteBuf in = Unpooled.buffer().writeZero(1);
		assertThat(decoder.decode(in, this.frame)).isEqualTo(3);
		assertThat(decoder.decode(in.writeZero(3), this.frame)).isEqualTo(FrameDecoder.COMPLETE);
		assertThat(this.frame.msgId()).isEqualTo(9);
		assertThat(decoder.decode(in.writeZero(1), this.frame)).isEqualTo(7);
	}

	@Test
	void aFirstPacketOverTheLimitIsRefusedAndNoFrameIsReadInstead() {
		FrameDecoder decoder = new FirstPacketCodec(new FixedLengthCodec(5), 9, new TlvCodec()).newDecoder(4);
		ByteBuf in = Unpooled.buffer().writeZero(8);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(FrameTooLongException.class).isThrownBy(() -> decoder.decode(in, this.frame))
				.satisfies((ex) -> assertThat(ex.declared()).isEqualTo(5));
		}
	}

}
