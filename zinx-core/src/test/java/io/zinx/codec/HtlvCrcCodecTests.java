package io.zinx.codec;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.netty.buffer.Unpooled;
import io.zinx.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HtlvCrcCodecTests {

	private final HtlvCrcCodec codec = new HtlvCrcCodec();

	@Test
	void checkSumIsThatOfModbus() {
		byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
		assertThat(ModbusCrc.of(Unpooled.wrappedBuffer(check), 0, check.length)).isEqualTo(0x4B37);
	}

	@ParameterizedTest
	@CsvSource({ "a2100e0102030405060708091011121314a687, 16:0102030405060708091011121314",
			"a21018686574000004d30000000000000000000000000000000000e7a2, "
					+ "16:686574000004d30000000000000000000000000000000000",
			"a2130e686574000004d30000000100000040c3, 19:686574000004d300000001000000", "a21000dde2, '16:'",
			"a2100101e209, 16:01", "a213020a0b3ffa, 19:0a0b", "a1100401020304f995, 16:01020304" })
	void readsTheFramesOfTheContract(String frame, String message) {
		assertThat(Decoding.anyhow(this.codec, frame)).containsExactly(message);
		assertThat(Decoding.anyhow(this.codec, frame + frame)).containsExactly(message, message);
	}

	@ParameterizedTest
	@CsvSource({ "fe, 254, 3e35", "ff, 255, 752c" })
	void readsTheLargestFrames(String length, int zeros, String crc) {
		String body = "00".repeat(zeros);
		assertThat(Decoding.anyhow(this.codec, "a210" + length + body + crc)).containsExactly("16:" + body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a2100e0102030405060708091011121314050b", "a21000e2dd", "a31000dde2", "a21100dde2",
			"a2100102e209", "a2100101e208", "a2100101e309" })
	void refusesAWrongCheckSum(String frame) {
		assertThatExceptionOfType(ChecksumException.class).isThrownBy(() -> Decoding.anyhow(this.codec, frame))
			.satisfies((ex) -> assertThat(ex.received()).isNotEqualTo(ex.computed()));
	}

	@Test
	void saysWhichCheckSumIsRight() {
		assertThatExceptionOfType(ChecksumException.class)
			.isThrownBy(() -> new Decoding(this.codec, 255).feed("a2100e0102030405060708091011121314050b"))
			.withMessage("Frame has checksum 0xb05, but its bytes have checksum 0x87a6");
	}

	@Test
	void waitsForATruncatedFrame() {
		Decoding decoding = new Decoding(this.codec, 4096).feed("a2100e0102030405060708091011121314a6");
		assertThat(decoding.messages()).isEmpty();
		assertThat(decoding.waiting()).isEqualTo(18);
	}

	@Test
	void refusesABodyOverTheLimitOfTheServer() {
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> new Decoding(this.codec, 13).feed("a2100e"));
	}

	@Test
	void writesTheReplyHead() {
		assertThat(Decoding.encode(this.codec, "ff")).startsWith("a1");
		assertThat(Decoding.encode(new HtlvCrcCodec(0xA2), "")).startsWith("a20000");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 254, 255 })
	void readsWhatItWrites(int length) {
		String body = HexFormat.of().formatHex(new byte[length]);
		assertThat(Decoding.anyhow(this.codec, Decoding.encode(this.codec, body))).containsExactly("0:" + body);
	}

	@Test
	void canExpressNoMoreThanABytesWorth() {
		assertThat(this.codec.maxMsgId()).isEqualTo(255);
		assertThat(this.codec.maxBodyLength()).isEqualTo(255);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 256 })
	void refusesAHeadThatIsNoByte(int head) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new HtlvCrcCodec(head))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("htlv-crc.reply-head"));
	}

}
