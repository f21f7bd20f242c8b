package io.zinx.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.zinx.eventloop.LoopLocal;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose memory it is, and when it is given back; what is done with it: see
 * {@link ReadBuffersTests}.
 */
class LoopReadBuffersTests {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());

	private final LoopLocal<ReadBuffers> buffers = ReadBuffers.perLoop(ReadBuffers.MOST_BLOCKS);

	@AfterEach
	void endLoops() {
		this.loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly(30_000);
	}

	private ByteBuf read(EventLoop loop, String text) throws Exception {
		return loop.submit(() -> {
			var handle = this.buffers.of(loop).newHandle();
			ByteBuf buffer = handle.allocate(ByteBufAllocator.DEFAULT);
			buffer.writeCharSequence(text, StandardCharsets.US_ASCII);
			handle.lastBytesRead(text.length());
			return buffer;
		}).get(30, TimeUnit.SECONDS);
	}

	@Test
	void theChannelsOfALoopShareMemoryAndThoseOfTwoLoopsDoNot() throws Exception {
		EventLoop first = this.loops.next();
		EventLoop second = this.loops.next();
		assertThat(first).isNotSameAs(second);
		ByteBuf one = read(first, "one");
		ByteBuf two = read(first, "two");
		ByteBuf other = read(second, "other");
		assertThat(two.memoryAddress()).isEqualTo(one.memoryAddress() + 3);
		assertThat(other.memoryAddress() - one.memoryAddress()).satisfiesAnyOf(
				(distance) -> assertThat(distance).isGreaterThanOrEqualTo(64 * 1024),
				(distance) -> assertThat(distance).isLessThanOrEqualTo(-64 * 1024));
		assertThat(one.toString(StandardCharsets.US_ASCII)).isEqualTo("one");
		one.release();
		two.release();
		other.release();
	}

	@Test
	void aLoopThatHasEndedHoldsNoMemory() throws Exception {
		EventLoop loop = this.loops.next();
		ByteBuf released = read(loop, "released");
		released.release();
		assertThat(released.refCnt()).as("held by the loop").isPositive();
		endLoops();
		assertThat(this.loops.isTerminated()).isTrue();
		awaitHolders(released, 0);
	}

	@Test
	void whatIsHeldBeyondTheEndOfItsLoopStaysReadableUntilItIsGivenBack() throws Exception {
		ByteBuf held = read(this.loops.next(), "held");
		endLoops();
		awaitHolders(held, 1);
		assertThat(held.toString(StandardCharsets.US_ASCII)).isEqualTo("held");
		held.release();
		assertThat(held.refCnt()).isZero();
	}

	/**
	 * Those who wait for the end of a loop are told one behind the other.
	 */
	private static void awaitHolders(ByteBuf buffer, int count) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> buffer.refCnt() == count);
	}

	@Test
	void onlyTheChannelsThatAreToldToReadIntoThisMemory() {
		ReadBuffers memory = this.buffers.of(this.loops.next());
		EmbeddedChannel told = new EmbeddedChannel();
		EmbeddedChannel untold = new EmbeddedChannel();
		memory.use(told);
		assertThat((Object) told.config().getRecvByteBufAllocator()).isSameAs(memory);
		assertThat((Object) untold.config().getRecvByteBufAllocator()).isNotInstanceOf(ReadBuffers.class);
		told.close();
		untold.close();
	}

}
