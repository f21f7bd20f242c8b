package io.zinx.codec;

import java.util.HexFormat;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WireFormatTests {

	private final Frame frame = new Frame();

	static Stream<Arguments> vectors() {
		return Stream.of(new TlvCodec(), new LtvCodec(), new HtlvCrcCodec())
			.flatMap((codec) -> WireVectors.of(codec).stream().map((vector) -> Arguments.of(codec, vector)));
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void writesWhatGoWrites(FrameCodec shared, WireVectors.Vector vector) {
		FrameCodec codec = (shared instanceof HtlvCrcCodec) ? new HtlvCrcCodec(vector.frame()[0] & 0xFF) : shared;
		ByteBuf out = Unpooled.buffer();
		codec.writeHead(vector.msgId(), vector.body().length, out);
		assertThat(out.readableBytes()).isEqualTo(codec.headLength());
		out.writeBytes(vector.body());
		codec.writeTail(out, 0);
		assertThat(ByteBufUtil.getBytes(out)).isEqualTo(vector.frame());
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void readsWhatGoWrites(FrameCodec codec, WireVectors.Vector vector) {
		ByteBuf in = Unpooled.wrappedBuffer(vector.frame());
		assertThat(codec.newDecoder(4096).decode(in, this.frame)).isEqualTo(FrameDecoder.COMPLETE);
		assertThat(this.frame.msgId()).isEqualTo(vector.msgId());
		assertThat(ByteBufUtil.getBytes(in, this.frame.bodyIndex(), this.frame.bodyLength())).isEqualTo(vector.body());
		assertThat(in.isReadable()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void saysHowManyBytesAreMissing(FrameCodec codec, WireVectors.Vector vector) {
		FrameDecoder decoder = codec.newDecoder(4096);
		for (int length = 1; length < vector.frame().length; length++) {
			ByteBuf in = Unpooled.wrappedBuffer(vector.frame(), 0, length);
			int smallest = codec.headLength() + codec.tailLength();
			int missing = decoder.decode(in, this.frame);
			if (length < codec.headLength()) {
				assertThat(missing).isBetween(1, smallest - length);
			}
			else {
				assertThat(missing).isEqualTo(vector.frame().length - length);
			}
			assertThat(in.readerIndex()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000100001001", "000000017fffffff", "0000000180000000", "00000001ffffffff" })
	void refusesABodyOverTheLimitAsSoonAsItIsDeclared(String head) {
		ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(head));
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> new TlvCodec().newDecoder(4096).decode(in, this.frame))
			.satisfies((ex) -> assertThat(ex.declared()).isEqualTo(Long.parseLong(head.substring(8), 16)))
			.satisfies((ex) -> assertThat(ex.allowed()).isEqualTo(4096));
	}

	@Test
	void refusesALittleEndianLengthOverTheLimit() {
		ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex("ffffffff01000000"));
		assertThatExceptionOfType(FrameTooLongException.class)
			.isThrownBy(() -> new LtvCodec().newDecoder(4096).decode(in, this.frame))
			.withMessageContaining("4294967295 bytes");
	}

	@Test
	void acceptsABodyOfExactlyTheLimit() {
		ByteBuf in = Unpooled.buffer().writeInt(1).writeInt(4096).writeZero(4096);
		assertThat(new TlvCodec().newDecoder(4096).decode(in, this.frame)).isEqualTo(FrameDecoder.COMPLETE);
	}

}
