package io.zinx.outbound;

import java.util.stream.LongStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.metrics.TrafficCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingWritesTests {

	private static final int LARGE = 64 * 1024;

	private static final int SHARED = 512;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final PendingWrites gathering = new PendingWrites(this.channel);

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void shortMessagesBetweenSharedFramesTakeLittleMoreMemoryThanIsCounted() {
		write(LARGE);
		handOver();
		long own = 0;
		for (int count = 0; count < 1000; count++) {
			own += write(10).capacity();
			share();
		}
		assertThat(own).isLessThanOrEqualTo(this.gathering.bytes());
		handOver();
	}

	@Test
	void countsEachNumberByItselfWhateverTheOrder() {
		ServerMetrics metrics = new ServerMetrics();
		long[] msgIds = LongStream.range(0, 20).toArray();
		metrics.handlers(() -> new HandlerCounters(msgIds, 1, true, HandlerTiming.OFF));
		TrafficCounter traffic = metrics.newTrafficCounter();
		for (int write = 0; write < 3; write++) {
			for (int message = 0; message < 210; message++) {
				this.gathering.room(10).writeZero(10);
				this.gathering.count(traffic.place(message % 21), 1, 10);
				this.gathering.room(1).writeZero(1);
				this.gathering.count(traffic.place(-1), 0, 1);
			}
			this.gathering.countTo(traffic);
			handOver();
		}
		for (long msgId : msgIds) {
			assertThat(metrics.messagesOut(msgId)).isEqualTo(30);
			assertThat(metrics.bytesOut(msgId)).isEqualTo(300);
		}
		assertThat(metrics.messagesOut(HandlerCounters.OTHERS)).isEqualTo(30);
		assertThat(metrics.bytesOut(HandlerCounters.OTHERS)).isEqualTo(300 + 630);
		assertThat(metrics.bytesOut()).isEqualTo(21 * 300 + 630);
	}

	private ByteBuf write(int length) {
		ByteBuf out = this.gathering.room(length);
		out.writeZero(length);
		this.gathering.count(0, 1, length);
		return out;
	}

	private void share() {
		ByteBuf frame = Unpooled.buffer(SHARED).writeZero(SHARED);
		this.gathering.share(frame);
		this.gathering.count(0, 1, SHARED);
		frame.release();
	}

	private void handOver() {
		this.gathering.handOver(this.channel.newPromise());
		this.channel.flush();
	}

}
