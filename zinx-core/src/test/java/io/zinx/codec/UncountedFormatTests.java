package io.zinx.codec;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UncountedFormatTests {

	private static final byte[] BOUNDARY = "--ab--".getBytes(StandardCharsets.US_ASCII);

	@Test
	void linesEndWithANewlineAndPerhapsACarriageReturn() {
		assertThat(
				Decoding.anyhow(new DelimiterCodec(), "6f6e65" + "0a" + "74776f" + "0d0a" + "0a" + "0d0a" + "0d0d0a"))
			.containsExactly("0:6f6e65", "0:74776f", "0:", "0:", "0:0d");
	}

	@Test
	void aLineIsWrittenWithANewlineAlone() {
		assertThat(Decoding.encode(new DelimiterCodec(), "70696e67")).isEqualTo("70696e670a");
		assertThat(Decoding.encode(new DelimiterCodec(), "")).isEqualTo("0a");
	}

	@Test
	void aDelimiterIsTakenExactly() {
		FrameCodec codec = new DelimiterCodec(new byte[] { '\r', '\n' });
		assertThat(Decoding.anyhow(codec, "610a62" + "0d0a" + "0d" + "0d0a")).containsExactly("0:610a62", "0:0d");
		assertThat(Decoding.encode(codec, "61")).isEqualTo("610d0a");
	}

	@Test
	void aDelimiterMayBeginWithinOneThatIsBroken() {
		FrameCodec codec = new DelimiterCodec(BOUNDARY);
		String body = "2d2d2d61" + "2d2d612d";
		String boundary = "2d2d61622d2d";
		assertThat(Decoding.anyhow(codec, body + boundary + "2d" + boundary)).containsExactly("0:" + body, "0:2d");
	}

	@Test
	void aDelimiterIsNotTakenFromOutsideAfterwards() {
		byte[] mine = { ';' };
		FrameCodec codec = new DelimiterCodec(mine);
		mine[0] = ',';
		assertThat(Decoding.encode(codec, "")).isEqualTo("3b");
	}

	@Test
	void aLineOfExactlyTheLimitIsRead() {
		for (String end : new String[] { "0a", "0d0a" }) {
			assertThat(new Decoding(new DelimiterCodec(), 3).feed("616263" + end).messages())
				.containsExactly("0:616263");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "616263640a", "616263640d0a", "6162630d0d0a", "61626364650a", "6162636465" })
	void aLineOverTheLimitIsRefusedWhetherItEndsOrNot(String line) {
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> new Decoding(new DelimiterCodec(), 3).feed(line))
			.withMessageContaining("max-packet-size: 3");
	}

	@Test
	void aLongLineIsSearchedOnce() {
		DelimiterSearch search = new DelimiterSearch(new BytePattern(new byte[] { '\r', '\n' }));
		ByteBuf in = Unpooled.buffer().writeZero(1000);
		assertThat(search.find(in, 4096)).isEqualTo(DelimiterSearch.MORE);
		in.setByte(500, '\r').setByte(501, '\n');
		assertThat(search.find(in, 4096)).isEqualTo(DelimiterSearch.MORE);
		in.writeByte('\r').writeByte('\n');
		assertThat(search.find(in, 4096)).isEqualTo(1000);
		assertThat(search.find(in, 4096)).isEqualTo(500);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 65 })
	void aDelimiterOfNoUseIsRefused(int length) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new DelimiterCodec(new byte[length]))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("delimiter.bytes"));
	}

	@Test
	void fixedFramesAreCutByTheirLengthAlone() {
		FrameCodec codec = new FixedLengthCodec(4);
		assertThat(Decoding.anyhow(codec, "70696e67" + "706f6e67" + "7069")).containsExactly("0:70696e67",
				"0:706f6e67");
		assertThat(Decoding.encode(codec, "70696e67")).isEqualTo("70696e67");
		assertThat(codec.minBodyLength()).isEqualTo(4);
		assertThat(codec.maxBodyLength()).isEqualTo(4);
	}

	@Test
	void fixedFramesSayHowMuchIsMissing() {
		ByteBuf in = Unpooled.buffer().writeZero(3);
		assertThat(new FixedLengthCodec(10).newDecoder(10).decode(in, new Frame())).isEqualTo(7);
		assertThat(in.readerIndex()).isZero();
	}

	@Test
	void fixedFramesOverTheLimitAreRefused() {
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> new Decoding(new FixedLengthCodec(10), 9).feed("00"));
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, (1 << 30) + 1 })
	void aFixedLengthOfNoUseIsRefused(int length) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new FixedLengthCodec(length))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("fixed.length"));
	}

	@Test
	void rawReadsAreMessages() {
		Decoding decoding = new Decoding(new RawCodec(), 4).feed("010203").feed("").feed("04").feed("0506070809");
		assertThat(decoding.messages()).containsExactly("0:010203", "0:04", "0:05060708", "0:09");
		assertThat(Decoding.encode(new RawCodec(), "0102")).isEqualTo("0102");
	}

}
