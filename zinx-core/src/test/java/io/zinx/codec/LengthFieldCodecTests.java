package io.zinx.codec;

import java.nio.ByteOrder;
import java.util.List;

import io.zinx.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LengthFieldCodecTests {

	static List<WireVectors.LengthFieldVector> vectors() {
		return WireVectors.ofLengthField();
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void readsWhatGoReads(WireVectors.LengthFieldVector vector) {
		assertThat(Decoding.anyhow(new LengthFieldCodec(vector.field()), vector.stream()))
			.containsExactlyElementsOf(vector.frames().stream().map((frame) -> "0:" + frame).toList());
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void readsWhatItWrites(WireVectors.LengthFieldVector vector) {
		FrameCodec codec = new LengthFieldCodec(vector.field());
		for (String body : vector.frames()) {
			assertThat(Decoding.anyhow(codec, Decoding.encode(codec, body))).containsExactly("0:" + body);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, true, 03", "2, true, 0003", "3, true, 000003", "4, true, 00000003", "8, true, 0000000000000003",
			"1, false, 03", "2, false, 0300", "3, false, 030000", "4, false, 03000000", "8, false, 0300000000000000" })
	void knowsFieldsOfEveryLengthInBothOrders(int length, boolean bigEndian, String head) {
		ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		FrameCodec codec = new LengthFieldCodec(new LengthField(order, 300, 0, length, 0, length));
		assertThat(Decoding.encode(codec, "616263")).isEqualTo(head + "616263");
		assertThat(Decoding.anyhow(codec, head + "616263" + head + "646566")).containsExactly("0:616263", "0:646566");
	}

	@ParameterizedTest
	@CsvSource({ "0, 2, 0, 0, 0003616263, 0003616263", "0, 2, 0, 2, 0003616263, 616263",
			"0, 2, -2, 0, 0005616263, 0005616263", "0, 3, 2, 0, 000003cafe616263, 000003cafe616263",
			"1, 2, 1, 3, ca0003fe616263, fe616263" })
	void readsTheFramesOfTheDocumentation(int offset, int length, int adjustment, int strip, String frame,
			String body) {
		LengthField field = new LengthField(ByteOrder.BIG_ENDIAN, LengthField.UNBOUNDED, offset, length, adjustment,
				strip);
		assertThat(Decoding.anyhow(new LengthFieldCodec(field), frame + frame)).containsExactly("0:" + body,
				"0:" + body);
	}

	@Test
	void readsLargeValuesAsUnsigned() {
		String body = "00".repeat(200);
		FrameCodec codec = new LengthFieldCodec(LengthField.ofLength(1));
		assertThat(Decoding.anyhow(codec, "c8" + body)).containsExactly("0:" + body);
	}

	@Test
	void fillsWhatItDoesNotKnowWithZeros() {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 300, 1, 2, 1, 4));
		assertThat(Decoding.encode(codec, "6162")).isEqualTo("00" + "0002" + "00" + "6162");
	}

	@Test
	void writesTheStrippedPartOfAFieldThatIsStrippedInPart() {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 1000, 0, 2, 0, 1));
		assertThat(Decoding.encode(codec, "03616263")).isEqualTo("0003616263");
	}

	@ParameterizedTest
	@ValueSource(strings = { "8000000000000000", "ffffffffffffffff", "7fffffffffffffff", "7ffffffffffffff7",
			"4000000000000000", "00000000000003e0" })
	void refusesAValueThatIsTooLarge(String value) {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 1000, 0, 8, 1, 0));
		assertThatExceptionOfType(FrameTooLongException.class).isThrownBy(() -> new Decoding(codec, 4096).feed(value));
	}

	@Test
	void refusesAValueThatOverflowsWithoutABoundOfItsOwn() {
		LengthField field = new LengthField(ByteOrder.BIG_ENDIAN, LengthField.UNBOUNDED, 0, 8, Integer.MAX_VALUE, 0);
		for (String value : List.of("7fffffffffffffff", "3fffffffffffffff", "0000000000000000")) {
			assertThatExceptionOfType(FrameTooLongException.class)
				.isThrownBy(() -> new Decoding(new LengthFieldCodec(field), 4096).feed(value));
		}
	}

	@Test
	void acceptsAFrameOfExactlyTheLimit() {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 10, 0, 2, 0, 2));
		assertThat(Decoding.anyhow(codec, "00080102030405060708")).containsExactly("0:0102030405060708");
		assertThatExceptionOfType(FrameTooLongException.class).isThrownBy(() -> new Decoding(codec, 4096).feed("0009"))
			.withMessage("Frame declares a length of 11 bytes (zinx.length-field.max-frame-length: 10)");
	}

	@Test
	void refusesABodyOverTheLimitOfTheServerAsSoonAsItIsDeclared() {
		FrameCodec codec = new LengthFieldCodec(LengthField.ofLength(4));
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> new Decoding(codec, 4096).feed("00001001"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000", "0001" })
	void refusesAWholeLengthThatIsShorterThanTheHead(String stream) {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 1000, 0, 2, -2, 0));
		assertThatExceptionOfType(CorruptFrameException.class).isThrownBy(() -> new Decoding(codec, 4096).feed(stream))
			.withMessageContaining("shorter than the 2 bytes up to the end of its length field");
	}

	@Test
	void refusesANegativeLength() {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 1000, 0, 2, -100, 0));
		assertThatExceptionOfType(CorruptFrameException.class).isThrownBy(() -> new Decoding(codec, 4096).feed("0005"));
	}

	@Test
	void refusesAFrameThatIsShorterThanWhatIsStripped() {
		FrameCodec codec = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 1000, 0, 2, 0, 5));
		assertThatExceptionOfType(CorruptFrameException.class)
			.isThrownBy(() -> new Decoding(codec, 4096).feed("00020102"))
			.withMessage("Frame of 4 bytes is shorter than the 5 bytes to strip");
		assertThat(Decoding.anyhow(codec, "0003010203")).containsExactly("0:");
	}

	@Test
	void sendsNoBodyThatTheFieldCannotExpress() {
		FrameCodec small = new LengthFieldCodec(LengthField.ofLength(1));
		assertThat(small.minBodyLength()).isZero();
		assertThat(small.maxBodyLength()).isEqualTo(255);
		FrameCodec bounded = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 100, 0, 2, 0, 2));
		assertThat(bounded.maxBodyLength()).isEqualTo(98);
		FrameCodec adjusted = new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 300, 2, 1, 2, 0));
		assertThat(adjusted.minBodyLength()).isEqualTo(5);
		assertThat(adjusted.maxBodyLength()).isEqualTo(260);
		assertThat(new LengthFieldCodec(LengthField.ofLength(8)).maxBodyLength()).isGreaterThan(1 << 30);
	}

	@ParameterizedTest
	@CsvSource({ "100, -1, 2, 0, 0, offset", "100, 65536, 2, 0, 0, offset", "100, 0, 0, 0, 0, length",
			"100, 0, 5, 0, 0, length", "100, 0, 9, 0, 0, length", "1, 0, 2, 0, 0, max-frame-length",
			"100, 0, 1, -256, 0, adjustment", "100, 0, 1, 100, 0, adjustment", "100, 0, 2, 0, -1, strip",
			"100, 0, 2, 0, 101, strip", "-1, 0, 4, 0, 65536, strip", "-1, 0, 1, 0, 257, strip" })
	void refusesParametersWithWhichNoFrameCanBeRead(long maxFrameLength, int offset, int length, int adjustment,
			int strip, String setting) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new LengthField(ByteOrder.BIG_ENDIAN, maxFrameLength, offset, length, adjustment, strip))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("length-field." + setting));
	}

}
