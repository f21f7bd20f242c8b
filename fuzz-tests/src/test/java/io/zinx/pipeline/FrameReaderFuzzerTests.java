package io.zinx.pipeline;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.RawCodec;
import io.zinx.fuzz.Seeds;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FrameReaderFuzzerTests {

	private static final int CHANGED = 100;

	@Test
	void holdsForSeedsAndTheirMutations() {
		List<byte[]> seeds = FrameReaderSeeds.all();
		assertThat(seeds).hasSizeGreaterThan(200);
		Seeds.tryAll(seeds, CHANGED, FrameReaderFuzzer::fuzzerTestOneInput);
	}

	/**
	 * Found by Jazzer: HTLV-CRC waited for more although the length was known.
	 */
	@Test
	void tellsAtTheSameByteThatAFrameIsTooLong() {
		FrameReaderFuzzer.fuzzerTestOneInput(new byte[] { 0x7a, 0, (byte) 0xe3, 0x28, 1, 0, 0x7a, 0 });
	}

	/**
	 * Found by Jazzer: a magic prefix waited for the byte behind it to compare its last.
	 */
	@Test
	void tellsAtTheSameByteThatAMagicIsWrong() {
		FrameReaderFuzzer.fuzzerTestOneInput(new byte[] { 0x0e, 0, 0, 0, (byte) 0xca, 0x2f });
	}

	/**
	 * Raw bytes fall into messages as they are read, so a stream of single bytes is told
	 * from a whole one if nobody forgives it.
	 */
	@Test
	void wouldNoticeAFormatThatDependsOnHowTheStreamIsSplit() {
		FrameCodec raw = new Disguised(new RawCodec());
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Oracle.check(raw, new byte[2], (index) -> 1, 1))
			.withMessageContaining("differs");
	}

	/**
	 * Another class, with the same bytes.
	 */
	private record Disguised(FrameCodec codec) implements FrameCodec {

		@Override
		public String name() {
			return "disguised";
		}

		@Override
		public FrameDecoder newDecoder(int maxPacketSize) {
			return this.codec.newDecoder(maxPacketSize);
		}

		@Override
		public int headLength() {
			return this.codec.headLength();
		}

		@Override
		public void writeHead(long msgId, int bodyLength, ByteBuf out) {
			this.codec.writeHead(msgId, bodyLength, out);
		}

	}

}
