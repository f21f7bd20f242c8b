package io.zinx.codec;

import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class ModbusCrcTests {

	@Test
	void onlyTheBytesOfTheRangeCount() {
		ByteBuf in = Unpooled.copiedBuffer("xx123456789yy", US_ASCII);
		assertThat(ModbusCrc.of(in, 2, 11)).isEqualTo(0x4B37);
		assertThat(ModbusCrc.of(in.skipBytes(5), 2, 11)).isEqualTo(0x4B37);
		assertThat(ModbusCrc.of(in, 2, 10)).isNotEqualTo(0x4B37);
		assertThat(ModbusCrc.of(in, 3, 11)).isNotEqualTo(0x4B37);
	}

	@Test
	void ofNoBytesItIsTheInitialValue() {
		assertThat(ModbusCrc.of(Unpooled.EMPTY_BUFFER, 0, 0)).isEqualTo(0xFFFF);
	}

	/**
	 * The definition: bit by bit, without a table.
	 */
	@Test
	void ofAnyBytesItIsWhatTheDefinitionSays() {
		Random random = new Random(7);
		for (int length = 1; length <= 300; length++) {
			byte[] bytes = new byte[length];
			random.nextBytes(bytes);
			assertThat(ModbusCrc.of(Unpooled.wrappedBuffer(bytes), 0, length)).isEqualTo(bitwise(bytes));
		}
	}

	/**
	 * So a receiver may check a whole frame, its check sum included.
	 */
	@Test
	void withItsOwnBytesBehindNothingIsLeft() {
		ByteBuf in = Unpooled.copiedBuffer("any bytes", US_ASCII);
		in.writeShortLE(ModbusCrc.of(in, 0, in.writerIndex()));
		assertThat(ModbusCrc.of(in, 0, in.writerIndex())).isZero();
	}

	private static int bitwise(byte[] bytes) {
		int crc = 0xFFFF;
		for (byte next : bytes) {
			for (int bit = 0; bit < Byte.SIZE; bit++) {
				boolean differ = ((crc ^ (next >> bit)) & 1) != 0;
				crc = (crc >>> 1) ^ (differ ? 0xA001 : 0);
			}
		}
		return crc;
	}

}
