package io.zinx.pipeline;

import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ByteOrderHintTests {

	private static @Nullable String find(FrameCodec codec, String hex) {
		ByteBuf in = Unpooled.copiedBuffer(HexFormat.of().parseHex("ff" + hex));
		return ByteOrderHint.find(codec, in, 1, 4096);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0400000001000000" + "70696e67", "040000009f860100" + "70696e67",
			"0400000001000000" + "70696e67" + "0000000002000000", "0000000001000000", "040000009f860100" + "70" })
	void framesOfLtvAreSaidToBeLtv(String hex) {
		assertThat(find(new TlvCodec(), hex)).contains("LTV").endsWith("need zinx.codec=ltv").doesNotContain("numbers");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000100000004" + "70696e67", "0001869f00000004" + "70696e67",
			"0000000100000004" + "70696e67" + "0000000200000000", "0000000100000000" })
	void framesOfTlvAreSaidToBeTlv(String hex) {
		assertThat(find(new LtvCodec(), hex)).contains("TLV").endsWith("need zinx.codec=tlv").doesNotContain("numbers");
	}

	@Test
	void whoSwapsBothNumbersIsNotSentToTheOtherFormat() {
		assertThat(find(new TlvCodec(), "0100000004000000" + "70696e67")).contains("TLV in little-endian order")
			.doesNotContain("zinx.codec");
		assertThat(find(new TlvCodec(), "9f86010004000000" + "70")).contains("TLV in little-endian order");
		assertThat(find(new LtvCodec(), "0000000400000001" + "70696e67")).contains("LTV in big-endian order")
			.doesNotContain("zinx.codec");
	}

	@Test
	void aHeadThatGoesWithBothIsNotDecided() {
		assertThat(find(new TlvCodec(), "0400000001000000")).startsWith("little-endian numbers; clients that");
		assertThat(find(new TlvCodec(), "0400000004000000" + "70696e67")).startsWith("little-endian numbers");
		assertThat(find(new LtvCodec(), "0000000100000004")).startsWith("big-endian numbers; clients that");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ffffffffffffffff", "474554202f204854", "030000130ee00000" })
	void whatFitsNeitherWayIsNoHint(String hex) {
		assertThat(find(new TlvCodec(), hex)).isNull();
		assertThat(find(new LtvCodec(), hex)).isNull();
	}

	@Test
	void serversThatSpeakNeitherGiveNone() {
		assertThat(find(new HtlvCrcCodec(), "0400000001000000")).isNull();
	}

}
