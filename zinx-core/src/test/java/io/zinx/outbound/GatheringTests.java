package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatheringTests {

	private static final int LARGE = 64 * 1024;

	private static final int SHARED = 512;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Gathering gathering = new Gathering(this.channel);

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

	private ByteBuf write(int length) {
		ByteBuf out = this.gathering.room(length);
		out.writeZero(length);
		this.gathering.count(1, length);
		return out;
	}

	private void share() {
		ByteBuf frame = Unpooled.buffer(SHARED).writeZero(SHARED);
		this.gathering.share(frame);
		this.gathering.count(1, SHARED);
		frame.release();
	}

	private void handOver() {
		this.gathering.handOver(this.channel.newPromise());
		this.channel.flush();
	}

}
