package io.zinx.pipeline;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentBeforeTests {

	private static final long UNKNOWN = Long.MAX_VALUE;

	private static final int RECEIVE_BUFFER = 1000;

	private static final int QUIET = 100;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private long time = 7;

	private final SentBefore sentBefore = new SentBefore(() -> this.time, Duration.ofNanos(QUIET));

	private long received;

	private @Nullable Integer receiveBuffer = RECEIVE_BUFFER;

	/** Whether the socket has been closed. */
	private boolean failing;

	private ChannelConfig config() {
		return new DefaultChannelConfig(this.channel) {
			@Override
			@SuppressWarnings({ "unchecked", "NullAway" })
			public <T> T getOption(ChannelOption<T> option) {
				if (SentBeforeTests.this.failing) {
					throw new ChannelException("closed");
				}
				return ChannelOption.SO_RCVBUF.equals(option) ? (T) SentBeforeTests.this.receiveBuffer
						: super.getOption(option);
			}
		};
	}

	private void arriveAfter(int nanos) {
		this.time += nanos;
		this.sentBefore.arrived(config());
	}

	private void readAllThereIsRoomFor(int bytes) {
		read(bytes, bytes);
	}

	private void readAllThereIs(int bytes) {
		read(bytes, bytes + 1);
	}

	private void read(int bytes, int room) {
		ByteBuf buffer = Unpooled.buffer(room, room).writerIndex(bytes);
		this.sentBefore.read(buffer);
		buffer.release();
		this.received += bytes;
		this.sentBefore.readComplete(this.received);
	}

	@Test
	void reachesAsFarAsTheFirstReadThatTakesAllThereIs() {
		readAllThereIs(10_000);
		arriveAfter(QUIET);
		readAllThereIsRoomFor(100_000);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		readAllThereIs(50);
		assertThat(this.sentBefore.end()).isEqualTo(110_050);
		readAllThereIs(20);
		assertThat(this.sentBefore.end()).isEqualTo(110_050);
		assertThat(this.sentBefore.reads()).isEqualTo(4);
	}

	@Test
	void reachesAsFarAsWhatHasComeWhenNothingMoreComes() {
		readAllThereIsRoomFor(100);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		arriveAfter(QUIET);
		readAllThereIsRoomFor(50);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(150);
		readAllThereIsRoomFor(20);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(150);
	}

	/** The peer may have been held up as well, and goes on only now. */
	@Test
	void whileThisSideDoesNotReadAndForAQuietPeriodAfterItNothingIsProven() {
		this.sentBefore.heldUp(true);
		arriveAfter(QUIET);
		readAllThereIs(10_000);
		this.sentBefore.silent(this.received);
		this.sentBefore.heldUp(false);
		this.time += QUIET - 1;
		this.sentBefore.heldUp(false);
		readAllThereIs(10_000);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time++;
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(20_000);
	}

	@Test
	void thatThisSideHasReadForAQuietPeriodIsProvenByAReadAsWell() {
		this.sentBefore.heldUp(true);
		arriveAfter(QUIET);
		this.sentBefore.heldUp(false);
		readAllThereIs(10_000);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time += QUIET;
		readAllThereIs(10_000);
		assertThat(this.sentBefore.end()).isEqualTo(20_000);
	}

	/** As with answers that come later: it is read for a moment again and again. */
	@Test
	void soLittleInAQuietPeriodThatThereWasRoomForMoreIsAll() {
		this.sentBefore.heldUp(true);
		readAllThereIs(RECEIVE_BUFFER / 4);
		arriveAfter(QUIET - 1);
		readAllThereIs(0);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time++;
		readAllThereIs(0);
		assertThat(this.sentBefore.end()).isEqualTo(RECEIVE_BUFFER / 4);
	}

	@Test
	void afterTooMuchOrWhileThereIsMoreAnotherPeriodIsAwaited() {
		this.sentBefore.heldUp(true);
		readAllThereIs(RECEIVE_BUFFER / 4 + 1);
		arriveAfter(QUIET);
		readAllThereIs(0);
		this.time += QUIET;
		readAllThereIsRoomFor(1);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time += QUIET - 1;
		readAllThereIs(1);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time++;
		readAllThereIs(1);
		assertThat(this.sentBefore.end()).isEqualTo(RECEIVE_BUFFER / 4 + 4);
	}

	@Test
	void reachesNoFurtherThanWhatBothKernelsCanHold() {
		readAllThereIsRoomFor(100);
		arriveAfter(QUIET);
		int enough = RECEIVE_BUFFER + (4 * 1024 + 64) * 1024;
		readAllThereIsRoomFor(enough - 1);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		readAllThereIsRoomFor(1);
		assertThat(this.sentBefore.end()).isEqualTo(100 + enough);
	}

	@Test
	void aChannelThatDoesNotTellWhatTheKernelHoldsIsReadUntilNothingComes() {
		this.receiveBuffer = null;
		arriveAfter(QUIET);
		readAllThereIsRoomFor(10_000_000);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.failing = true;
		arriveAfter(0);
		readAllThereIsRoomFor(10_000_000);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(20_000_000);
	}

}
