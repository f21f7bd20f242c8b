package io.zinx.message;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CopyingTests {

	private static final AdaptiveByteBufAllocator ADAPTIVE = new AdaptiveByteBufAllocator();

	static Stream<Arguments> pairs() {
		List<Supplier<ByteBuf>> kinds = List.of(() -> Unpooled.buffer(8), () -> Unpooled.directBuffer(8),
				() -> PooledByteBufAllocator.DEFAULT.directBuffer(8), () -> ADAPTIVE.heapBuffer(8),
				() -> ADAPTIVE.directBuffer(8), CopyingTests::composite);
		return kinds.stream().flatMap((from) -> kinds.stream().map((to) -> Arguments.of(from.get(), to.get())));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void copiesBehindWhatIsThereAndLeavesTheSourceAsItIs(ByteBuf from, ByteBuf to) {
		from.writeLong(0x0102030405060708L).skipBytes(1);
		to.writeMedium(0x0a0b0c).skipBytes(1);
		Copying.copy(from, 2, 4, to);
		Copying.copy(from, 8, 0, to);
		Copying.copy(from, 0, 8, to);
		byte[] copied = new byte[15];
		to.getBytes(0, copied);
		assertThat(copied).containsExactly(10, 11, 12, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 7, 8);
		assertThat(to.readerIndex()).isEqualTo(1);
		assertThat(to.writerIndex()).isEqualTo(15);
		assertThat(from.readerIndex()).isEqualTo(1);
		assertThat(from.readableBytes()).isEqualTo(7);
		release(from, to);
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void addsNothingIfTheSourceHasNotAsMuch(ByteBuf from, ByteBuf to) {
		from.writeLong(1);
		to.writeByte(1);
		int end = from.capacity();
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> Copying.copy(from, end - 3, 4, to));
		assertThat(to.writerIndex()).isEqualTo(1);
		release(from, to);
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void neverGrowsATargetBeyondItsBound(ByteBuf from, ByteBuf unbounded) {
		from.writeLong(1);
		ByteBuf to = unbounded.alloc().buffer(4, 6);
		Copying.copy(from, 0, 6, to);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> Copying.copy(from, 0, 1, to));
		assertThat(to.writerIndex()).isEqualTo(6);
		release(from, to);
		unbounded.release();
	}

	private static ByteBuf composite() {
		return Unpooled.compositeBuffer()
			.addComponent(Unpooled.directBuffer(3).writeZero(3))
			.addComponent(Unpooled.buffer(5).writeZero(5));
	}

	private static void release(ByteBuf from, ByteBuf to) {
		assertThat(from.release()).isTrue();
		assertThat(to.release()).isTrue();
	}

}
