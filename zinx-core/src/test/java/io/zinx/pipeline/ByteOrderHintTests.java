package io.zinx.pipeline;

import io.zinx.codec.FrameTooLongException;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ByteOrderHintTests {

	private final FrameTooLongException swapped = new FrameTooLongException(0x0100_0000L, 4096);

	@Test
	void saysWhichFormatTheClientSeemsToSpeak() {
		assertThat(ByteOrderHint.find(new TlvCodec(), this.swapped)).contains("LTV", "zinx.codec=ltv");
		assertThat(ByteOrderHint.find(new LtvCodec(), this.swapped)).contains("TLV", "zinx.codec=tlv");
	}

	@Test
	void saysNothingOfALengthThatIsTooLongEitherWay() {
		assertThat(ByteOrderHint.find(new TlvCodec(), new FrameTooLongException(0xFFFF_FFFFL, 4096))).isNull();
		assertThat(ByteOrderHint.find(new TlvCodec(), new FrameTooLongException(0x4745_5420L, 4096))).isNull();
	}

	@Test
	void saysNothingOnServersThatSpeakNeither() {
		assertThat(ByteOrderHint.find(new HtlvCrcCodec(), this.swapped)).isNull();
	}

}
