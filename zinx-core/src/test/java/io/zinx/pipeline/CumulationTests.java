package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CumulationTests {

	private static final ByteBufAllocator ALLOC = ByteBufAllocator.DEFAULT;

	private static ByteBuf bytes(int... bytes) {
		ByteBuf buffer = ALLOC.buffer();
		for (int one : bytes) {
			buffer.writeByte(one);
		}
		return buffer;
	}

	@ParameterizedTest
	@CsvSource({ "10, 5, 15", "10, 0, 10", "10, 502, 512", "10, 503, 512", "10, 2147483647, 512", "256, 1000, 512",
			"257, 1000, 514", "40000, 40000, 80000", "40000, 39999, 79999", "40000, 2147483647, 80000",
			"1, 2147483647, 512" })
	void aBegunFrameGetsRoomForItsRestButNotMuchMoreThanHasCome(int come, int missing, int capacity) {
		ByteBuf read = ALLOC.buffer(come + 3).writeZero(come + 3);
		read.setByte(3, 42).skipBytes(3);
		ByteBuf moved = Cumulation.moved(ALLOC, read, missing);
		assertThat(moved.capacity()).isEqualTo(capacity);
		assertThat(moved.readableBytes()).isEqualTo(come);
		assertThat(moved.getByte(moved.readerIndex())).isEqualTo((byte) 42);
		assertThat(read.refCnt()).isZero();
		moved.release();
	}

	@ParameterizedTest
	@CsvSource({ "1, 0, 2", "2, 0, 3", "2, 7, 10", "2, 100000, 512", "600, 100000, 1202", "600, 10, 611",
			"600, 2147483647, 1202" })
	void aBegunFrameGrowsWithWhatComesUpToItsEndAndNotFurther(int added, int missing, int capacity) {
		ByteBuf begun = ALLOC.buffer(2).writeByte(1);
		ByteBuf in = ALLOC.buffer(added).writeZero(added);
		Cumulation.append(begun, in, added, missing);
		assertThat(begun.capacity()).isEqualTo(capacity);
		assertThat(begun.readableBytes()).isEqualTo(1 + added);
		begun.release();
		in.release();
	}

	@Test
	void asManyBytesAreTakenAsAreAskedForAndTheBegunFrameGrowsIfItMust() {
		ByteBuf begun = ALLOC.buffer(2).writeByte(1);
		ByteBuf in = bytes(2, 3, 4, 5);
		Cumulation.append(begun, in, 3, 0);
		assertThat(ByteBufUtil.getBytes(begun)).containsExactly(1, 2, 3, 4);
		assertThat(ByteBufUtil.getBytes(in)).containsExactly(5);
		assertThat(in.refCnt()).isOne();
		begun.release();
		in.release();
	}

	@Test
	void bytesGoBehindABufferThatNobodyElseHolds() {
		ByteBuf first = bytes(1, 2);
		ByteBuf second = bytes(3);
		ByteBuf joined = Cumulation.joined(ALLOC, first, second);
		assertThat(joined).isSameAs(first);
		assertThat(ByteBufUtil.getBytes(joined)).containsExactly(1, 2, 3);
		assertThat(second.refCnt()).isOne();
		joined.release();
		second.release();
	}

	@Test
	void whatDoesNotFitIntoMemoryThatCannotGrowIsCopied() {
		ByteBuf first = ALLOC.directBuffer(3, 3).writeByte(1).writeByte(2);
		ByteBuf fits = bytes(3);
		ByteBuf full = Cumulation.joined(ALLOC, first, fits);
		assertThat(full).isSameAs(first);
		ByteBuf second = bytes(4);
		ByteBuf joined = Cumulation.joined(ALLOC, full, second);
		assertThat(ByteBufUtil.getBytes(joined)).containsExactly(1, 2, 3, 4);
		assertThat(joined.maxWritableBytes()).isPositive();
		assertThat(first.refCnt()).isZero();
		joined.release();
		fits.release();
		second.release();
	}

	@ParameterizedTest
	@CsvSource({ "1000, 400, 400", "1000, 489, 1000", "8192, 4096, 4096", "8192, 4097, 8192", "8192, 12, 12",
			"500, 1, 500", "8192, 0, 8192" })
	void fewBytesAreCopiedOutOfMuchMemoryThatNobodyElseHolds(int capacity, int bytes, int kept) {
		ByteBuf read = ALLOC.directBuffer(capacity, capacity).writeZero(bytes);
		assertThat(Cumulation.fitted(ALLOC, read.retain())).isSameAs(read);
		read.release();
		ByteBuf fitted = Cumulation.fitted(ALLOC, read);
		assertThat(fitted.capacity()).isEqualTo(kept);
		assertThat(fitted.readableBytes()).isEqualTo(bytes);
		fitted.release();
		assertThat(read.refCnt()).isZero();
	}

	@Test
	void aBufferThatIsHeldIsLeftAsItIs() {
		ByteBuf first = bytes(1, 2).retain();
		ByteBuf second = bytes(3);
		ByteBuf joined = Cumulation.joined(ALLOC, first, second);
		assertThat(joined).isNotSameAs(first);
		assertThat(ByteBufUtil.getBytes(joined)).containsExactly(1, 2, 3);
		assertThat(first.writerIndex()).isEqualTo(2);
		assertThat(first.refCnt()).isOne();
		joined.release();
		first.release();
		second.release();
	}

}
