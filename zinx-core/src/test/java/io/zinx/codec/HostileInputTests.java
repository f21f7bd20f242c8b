package io.zinx.codec;

import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.InvalidSettingException;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever arrives is frames, is waited for in bounded memory, or is refused with a
 * reason.
 */
class HostileInputTests {

	private static final int MAX_PACKET_SIZE = 64;

	/** The longest head, tail, magic and what a test feeds at once. */
	private static final int SLACK = 80;

	private static final int[] LENGTHS = { 1, 2, 3, 4, 8 };

	static Stream<FrameCodec> codecs() {
		byte[] magic = { 0 };
		return Stream.of(new TlvCodec(), new LtvCodec(), new HtlvCrcCodec(), new DelimiterCodec(),
				new DelimiterCodec(new byte[] { 0, 0, 1 }), new FixedLengthCodec(7), new RawCodec(),
				new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.CLOSE),
				new MagicPrefixCodec(new HtlvCrcCodec(), magic, OnMismatch.RESYNC),
				new FirstPacketCodec(new DelimiterCodec(), 1, new LtvCodec()));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void noBytesBreakAFormat(FrameCodec codec) {
		for (int seed = 0; seed < 2000; seed++) {
			feedNoise(codec, new Random(seed));
		}
	}

	@Test
	void noBytesBreakALengthFieldOfAnyParameters() {
		Random random = new Random(11);
		long made = IntStream.range(0, 20_000).filter((round) -> {
			LengthField field = randomField(random);
			if (field != null) {
				feedNoise(new LengthFieldCodec(field), random);
			}
			return field != null;
		}).count();
		assertThat(made).isGreaterThan(5000);
	}

	private static @Nullable LengthField randomField(Random random) {
		ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		long max = random.nextBoolean() ? LengthField.UNBOUNDED : random.nextInt(200);
		int adjustment = random.nextBoolean() ? random.nextInt(20) - 10 : random.nextInt();
		try {
			return new LengthField(order, max, random.nextInt(4), LENGTHS[random.nextInt(LENGTHS.length)], adjustment,
					random.nextInt(12));
		}
		catch (InvalidSettingException ex) {
			return null;
		}
	}

	/**
	 * Feed bytes of which many are small, so that some of them are frames.
	 */
	private static void feedNoise(FrameCodec codec, Random random) {
		Decoding decoding = new Decoding(codec, MAX_PACKET_SIZE);
		try {
			for (int count = 0; count < 50; count++) {
				byte[] piece = new byte[random.nextInt(20)];
				for (int at = 0; at < piece.length; at++) {
					piece[at] = (byte) (random.nextInt(4) > 0 ? random.nextInt(4) : random.nextInt());
				}
				decoding.feed(piece);
				assertThat(decoding.waiting()).isLessThanOrEqualTo(MAX_PACKET_SIZE + SLACK);
			}
		}
		catch (FrameException ex) {
			assertThat(ex).hasMessageNotContaining("null");
		}
	}

}
