package io.zinx.boot.autoconfigure;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.zinx.codec.CorruptFrameException;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.LengthField;
import io.zinx.codec.LengthFieldCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(OnlyProperties.class);

	@ParameterizedTest
	@EnumSource(ZinxProperties.Codec.class)
	void everyFormatIsChosenByItsOwnName(ZinxProperties.Codec codec) {
		with((made) -> assertThat(made.name()).isEqualTo(codec.toString()), "zinx.codec=" + codec,
				"zinx.fixed.length=4");
	}

	@Test
	void formatsHaveTheNamesOfTheDocumentation() {
		assertThat(ZinxProperties.Codec.values()).extracting(Object::toString)
			.containsExactly("tlv", "ltv", "htlv-crc", "length-field", "delimiter", "fixed", "raw");
	}

	@Test
	void everyParameterOfTheLengthFieldReachesIt() {
		with((made) -> assertThat(((LengthFieldCodec) made).field())
			.isEqualTo(new LengthField(ByteOrder.LITTLE_ENDIAN, 2048, 1, 2, -3, 4)), "zinx.codec=length-field",
				"zinx.length-field.order=little-endian", "zinx.length-field.max-frame-length=2KB",
				"zinx.length-field.offset=1", "zinx.length-field.length=2", "zinx.length-field.adjustment=-3",
				"zinx.length-field.strip=4");
	}

	@Test
	void theLengthFieldHasDefaults() {
		with((made) -> assertThat(((LengthFieldCodec) made).field())
			.isEqualTo(new LengthField(ByteOrder.BIG_ENDIAN, LengthField.UNBOUNDED, 0, 4, 0, 0)),
				"zinx.codec=length-field");
	}

	@Test
	void theReplyHeadMayBeWrittenInHex() {
		with((made) -> assertThat(head(made)).isEqualTo("a10000"), "zinx.codec=htlv-crc");
		with((made) -> assertThat(head(made)).isEqualTo("a20000"), "zinx.codec=htlv-crc",
				"zinx.htlv-crc.reply-head=0xA2");
	}

	@Test
	void aDelimiterIsGivenInHex() {
		with((made) -> assertThat(tail(made)).isEqualTo("0a"), "zinx.codec=delimiter");
		with((made) -> assertThat(tail(made)).isEqualTo("0d0a"), "zinx.codec=delimiter", "zinx.delimiter.bytes=0D0a");
	}

	@Test
	void aFixedLengthReachesItsFormat() {
		with((made) -> assertThat(made.maxBodyLength()).isEqualTo(20), "zinx.codec=fixed", "zinx.fixed.length=20");
	}

	@Test
	void magicBytesStandInFrontOfFrames() {
		with((made) -> assertThat(head(made)).isEqualTo("cafe0000000000000000"), "zinx.magic.bytes=cafe");
		with((made) -> assertThat(decode(made, "00cafe0000000100000000")).isEqualTo("1:"), "zinx.magic.bytes=cafe",
				"zinx.magic.on-mismatch=resync");
	}

	@Test
	void bytesMayBeSkippedUpToABound() {
		String dirt = "00".repeat(20);
		with((made) -> assertThat(decode(made, dirt + "cafe0000000100000000")).isEqualTo("1:"), "zinx.magic.bytes=cafe",
				"zinx.magic.on-mismatch=resync", "zinx.magic.max-skipped=20B");
		with((made) -> assertThatExceptionOfType(CorruptFrameException.class)
			.isThrownBy(() -> decode(made, dirt + "cafe0000000100000000"))
			.withMessageContaining("zinx.magic.max-skipped: 19"), "zinx.magic.bytes=cafe",
				"zinx.magic.on-mismatch=resync", "zinx.magic.max-skipped=19B");
	}

	@Test
	void aFirstPacketIsAReadALengthOrEndsWithADelimiter() {
		with((made) -> assertThat(decode(made, "38393836")).isEqualTo("9:38393836"), "zinx.first-packet.msg-id=9");
		with((made) -> assertThat(decode(made, "38393836")).isEqualTo("9:3839"), "zinx.first-packet.msg-id=9",
				"zinx.first-packet.length=2");
		with((made) -> assertThat(decode(made, "38393836")).isEqualTo("9:38"), "zinx.first-packet.msg-id=9",
				"zinx.first-packet.delimiter=39");
	}

	@Test
	void theFirstPacketStandsBeforeTheFirstMagic() {
		with((made) -> assertThat(made.name()).isEqualTo("first-packet+magic+ltv"), "zinx.codec=ltv",
				"zinx.magic.bytes=cafe", "zinx.first-packet.msg-id=9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zinx.htlv-crc.reply-head=256;zinx.codec=htlv-crc",
			"zinx.length-field.length=5;zinx.codec=length-field", "zinx.length-field.offset=-1;zinx.codec=length-field",
			"zinx.length-field.strip=-1;zinx.codec=length-field",
			"zinx.length-field.max-frame-length=3B;zinx.codec=length-field",
			"zinx.length-field.max-frame-length=-1B;zinx.codec=length-field",
			"zinx.length-field.adjustment=-256;zinx.length-field.length=1;zinx.codec=length-field",
			"zinx.delimiter.bytes=0d0;zinx.codec=delimiter", "zinx.delimiter.bytes=xy;zinx.codec=delimiter",
			"zinx.fixed.length=0;zinx.codec=fixed", "zinx.max-packet-size=4B;zinx.codec=fixed;zinx.fixed.length=5",
			"zinx.magic.bytes=c", "zinx.magic.max-skipped=0B;zinx.magic.bytes=cafe", "zinx.first-packet.msg-id=-1",
			"zinx.first-packet.length=0;zinx.first-packet.msg-id=9",
			"zinx.first-packet.length=4097;zinx.first-packet.msg-id=9", "zinx.first-packet.length=4",
			"zinx.first-packet.delimiter=0a",
			"zinx.first-packet.length=4;zinx.first-packet.delimiter=0a;zinx.first-packet.msg-id=9" })
	void whatCannotBeIsRefusedByTheNameOfTheProperty(String properties) {
		String[] all = properties.split(";");
		String[] bad = all[0].split("=", 2);
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(() -> with((made) -> {
		}, all)).satisfies((ex) -> {
			assertThat(ex.getName()).isEqualTo(bad[0]);
			assertThat(ex.getValue()).hasToString(bad[1]);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "delimiter", "raw" })
	void magicDoesNotGoWithFormatsThatTellNoEnd(String codec) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(() -> with((made) -> {
		}, "zinx.magic.bytes=cafe", "zinx.codec=" + codec))
			.withMessage("Property zinx.magic.bytes with value 'cafe' is invalid: It should be not set with codec "
					+ codec + ".");
	}

	private void with(Consumer<FrameCodec> check, String... properties) {
		this.runner.withPropertyValues(properties).run((context) -> {
			ServerConfigFactory factory = new ServerConfigFactory(context.getBean(ZinxProperties.class),
					context.getEnvironment(), null);
			check.accept(factory.create(null, Stream.of(), Stream.of()).codec());
		});
	}

	private static String head(FrameCodec codec) {
		ByteBuf out = Unpooled.buffer();
		codec.writeHead(0, 0, out);
		return ByteBufUtil.hexDump(out);
	}

	private static String tail(FrameCodec codec) {
		ByteBuf out = Unpooled.buffer();
		codec.writeTail(out, 0);
		return ByteBufUtil.hexDump(out);
	}

	private static String decode(FrameCodec codec, String hex) {
		Frame frame = new Frame();
		byte[] bytes = HexFormat.of().parseHex(hex);
		int missing = codec.newDecoder(4096).decode(Unpooled.wrappedBuffer(bytes), frame);
		assertThat(missing).isEqualTo(FrameDecoder.COMPLETE);
		return frame.msgId() + ":" + HexFormat.of()
			.formatHex(Arrays.copyOfRange(bytes, frame.bodyIndex(), frame.bodyIndex() + frame.bodyLength()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ZinxProperties.class)
	static class OnlyProperties {

	}

}
