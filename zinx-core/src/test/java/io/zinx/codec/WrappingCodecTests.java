package io.zinx.codec;

import java.util.HexFormat;
import java.util.Random;

import io.zinx.InvalidSettingException;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WrappingCodecTests {

	private static final byte[] MAGIC = HexFormat.of().parseHex("cafe");

	private static final String PING = "cafe" + "00000001" + "00000004" + "70696e67";

	private static final String EMPTY = "cafe" + "00000002" + "00000000";

	private final FrameCodec strict = new MagicPrefixCodec(new TlvCodec(), MAGIC, OnMismatch.CLOSE);

	private final FrameCodec lenient = new MagicPrefixCodec(new TlvCodec(), MAGIC, OnMismatch.RESYNC);

	@Test
	void framesBehindTheMagicAreRead() {
		assertThat(Decoding.anyhow(this.strict, PING + EMPTY + PING)).containsExactly("1:70696e67", "2:", "1:70696e67");
		assertThat(Decoding.anyhow(this.lenient, PING + EMPTY)).containsExactly("1:70696e67", "2:");
	}

	@Test
	void theMagicIsWrittenInFrontOfTheFrame() {
		assertThat(Decoding.encode(this.strict, "70696e67")).isEqualTo("cafe000000000000000470696e67");
		assertThat(this.strict.name()).isEqualTo("magic+tlv");
	}

	@Test
	void theCheckSumDoesNotCountTheMagic() {
		FrameCodec codec = new MagicPrefixCodec(new HtlvCrcCodec(0xA2), MAGIC, OnMismatch.CLOSE);
		assertThat(Decoding.anyhow(codec, "cafea2100101e209")).containsExactly("16:01");
		assertThat(Decoding.anyhow(codec, Decoding.encode(codec, "01"))).containsExactly("0:01");
		assertThat(codec.maxMsgId()).isEqualTo(255);
		assertThat(codec.maxBodyLength()).isEqualTo(255);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cb", "cafd", "00cafe", PING + "00" })
	void aDirtyStreamIsRefusedAtItsFirstWrongByte(String stream) {
		assertThatExceptionOfType(CorruptFrameException.class).isThrownBy(() -> Decoding.anyhow(this.strict, stream))
			.withMessageContaining("magic");
	}

	@Test
	void aTooLongFrameBehindTheMagicIsRefused() {
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> Decoding.anyhow(this.strict, "cafe" + "00000001" + "ffffffff"));
	}

	@Test
	void whatIsDirtyIsSkippedUpToTheNextMagic() {
		assertThat(Decoding.anyhow(this.lenient, "0102ca03caca" + PING + "ff" + EMPTY + "caca"))
			.containsExactly("1:70696e67", "2:");
	}

	@Test
	void aMagicBeforeWhatIsNoFrameIsSkippedToo() {
		assertThat(Decoding.anyhow(this.lenient, "cafe" + "00000001" + "ffffffff" + PING))
			.containsExactly("1:70696e67");
		FrameCodec codec = new MagicPrefixCodec(new HtlvCrcCodec(), MAGIC, OnMismatch.RESYNC);
		assertThat(Decoding.anyhow(codec, "cafea2100101e208" + "cafea2100101e209")).containsExactly("16:01");
	}

	@Test
	void skippedBytesAreNotKept() {
		byte[] noise = new byte[1 << 20];
		new Random(7).nextBytes(noise);
		for (int at = 0; at < noise.length; at++) {
			noise[at] &= 0x7F;
		}
		Decoding decoding = new Decoding(this.lenient, 4096).feed(noise);
		assertThat(decoding.waiting()).isZero();
		assertThat(decoding.feed(PING).messages()).containsExactly("1:70696e67");
	}

	@Test
	void anEndlessRowOfMagicsIsPassedInBoundedMemory() {
		Decoding decoding = new Decoding(this.lenient, 4096).feed("cafe".repeat(100_000));
		assertThat(decoding.messages()).isEmpty();
		assertThat(decoding.waiting()).isLessThan(4096);
	}

	@Test
	void aFormatThatTellsNoEndIsRefused() {
		for (FrameCodec inner : new FrameCodec[] { new RawCodec(), new DelimiterCodec() }) {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> new MagicPrefixCodec(inner, MAGIC, OnMismatch.RESYNC))
				.withMessageContaining("not set with codec " + inner.name());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 65 })
	void aMagicOfNoUseIsRefused(int length) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new MagicPrefixCodec(new TlvCodec(), new byte[length], OnMismatch.CLOSE))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("magic.bytes"));
	}

	@Test
	void aFirstPacketOfAKnownLengthComesBeforeTheFrames() {
		FrameCodec codec = new FirstPacketCodec(new FixedLengthCodec(4), 9, new TlvCodec());
		assertThat(Decoding.anyhow(codec, "38393836" + "0000000100000000" + "000000020000000141"))
			.containsExactly("9:38393836", "1:", "2:41");
		assertThat(codec.name()).isEqualTo("first-packet+tlv");
	}

	@Test
	void aFirstPacketMayEndWithADelimiter() {
		FrameCodec codec = new FirstPacketCodec(new DelimiterCodec(), 0xFFFF_FFFFL, new HtlvCrcCodec());
		assertThat(Decoding.anyhow(codec, "383938360d0a" + "a2100101e209")).containsExactly("4294967295:38393836",
				"16:01");
	}

	@Test
	void aFirstPacketMayBeTheFirstRead() {
		FrameCodec codec = new FirstPacketCodec(new RawCodec(), 9, new TlvCodec());
		assertThat(new Decoding(codec, 4096).feed("3839").feed("0000000100000000").messages()).containsExactly("9:3839",
				"1:");
	}

	@Test
	void eachConnectionHasAFirstPacketOfItsOwn() {
		FrameCodec codec = new FirstPacketCodec(new FixedLengthCodec(1), 9, new FixedLengthCodec(2));
		assertThat(new Decoding(codec, 4096).feed("010203").messages()).containsExactly("9:01", "0:0203");
		assertThat(new Decoding(codec, 4096).feed("010203").messages()).containsExactly("9:01", "0:0203");
	}

	@Test
	void aFirstPacketIsNotSent() {
		FrameCodec codec = new FirstPacketCodec(new FixedLengthCodec(1), 9, new HtlvCrcCodec());
		assertThat(Decoding.encode(codec, "01")).isEqualTo(Decoding.encode(new HtlvCrcCodec(), "01"));
		assertThat(codec.maxMsgId()).isEqualTo(255);
		assertThat(codec.maxBodyLength()).isEqualTo(255);
		assertThat(codec.minBodyLength()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 4294967296L })
	void aNumberThatIsNoneIsRefused(long msgId) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new FirstPacketCodec(new RawCodec(), msgId, new TlvCodec()))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("first-packet.msg-id"));
	}

}
