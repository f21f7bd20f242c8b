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

class SentBeforeDrainTests {

	private static final long UNKNOWN = Long.MAX_VALUE;

	private static final int RECEIVE_BUFFER = 8000;

	/** As much as may come at once while there is certainly room for more. */
	private static final int LITTLE = 1000;

	private static final int QUIET = 100;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private long time = 7;

	private @Nullable Integer receiveBuffer = RECEIVE_BUFFER;

	/** Whether the socket has been closed. */
	private boolean failing;

	private SentBeforeDrain sentBefore = new SentBeforeDrain(() -> this.time, Duration.ofNanos(QUIET), config());

	private long received;

	private ChannelConfig config() {
		return new DefaultChannelConfig(this.channel) {
			@Override
			@SuppressWarnings({ "unchecked", "NullAway" })
			public <T> T getOption(ChannelOption<T> option) {
				if (SentBeforeDrainTests.this.failing) {
					throw new ChannelException("closed");
				}
				return ChannelOption.SO_RCVBUF.equals(option) ? (T) SentBeforeDrainTests.this.receiveBuffer
						: super.getOption(option);
			}
		};
	}

	private void arriveAfter(int nanos) {
		this.time += nanos;
		this.sentBefore.arrived();
	}

	private void readAllThereIsRoomFor(int bytes) {
		take(bytes, bytes);
		complete(true);
	}

	private void readAllThereIs(int bytes) {
		take(bytes, bytes + 1);
		complete(true);
	}

	private void take(int bytes, int room) {
		ByteBuf buffer = Unpooled.buffer(room, room).writerIndex(bytes);
		this.sentBefore.read(buffer);
		buffer.release();
		this.received += bytes;
	}

	private void complete(boolean whole) {
		this.sentBefore.readComplete(this.received, whole);
	}

	@Test
	void reachesAsFarAsTheFirstReadThatTakesAllThereIsWhenTheQuietPeriodIsOver() {
		for (int i = 1; i <= 3; i++) {
			this.time += QUIET / 4;
			readAllThereIs(LITTLE);
		}
		arriveAfter(QUIET / 4);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		readAllThereIs(LITTLE);
		assertThat(this.sentBefore.end()).isEqualTo(4 * LITTLE);
		readAllThereIs(20);
		assertThat(this.sentBefore.end()).isEqualTo(4 * LITTLE);
		assertThat(this.sentBefore.reads()).isEqualTo(5);
	}

	@Test
	void reachesAsFarAsWhatHasComeWhenNothingMoreComes() {
		readAllThereIs(100);
		this.time += QUIET;
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		arriveAfter(0);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(100);
		readAllThereIs(20);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(100);
	}

	/**
	 * Because this side did not read, or because its event loop had too much to do.
	 */
	@Test
	void whenSoMuchHasComeAtOnceThatThePeerMayBeHeldUpTheRestIsAwaitedForAQuietPeriod() {
		arriveAfter(QUIET);
		readAllThereIs(LITTLE + 1);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time += QUIET - 1;
		readAllThereIs(LITTLE);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time++;
		readAllThereIs(1);
		assertThat(this.sentBefore.end()).isEqualTo(2 * LITTLE + 2);
	}

	/**
	 * The kernel of the peer may wait for seconds before it tries once more.
	 */
	@Test
	void soItIsFromTheReadOnThatTakesAllThereIsHoweverLongAfterOneThatDidNot() {
		arriveAfter(QUIET);
		readAllThereIsRoomFor(1);
		this.time += 10 * QUIET;
		readAllThereIs(1);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time += QUIET;
		readAllThereIs(1);
		assertThat(this.sentBefore.end()).isEqualTo(3);
	}

	@Test
	void soItIsForWhoeverIsNotReadWhenItBegins() {
		ChannelConfig config = config().setAutoRead(false);
		this.sentBefore = new SentBeforeDrain(() -> this.time, Duration.ofNanos(QUIET), config);
		arriveAfter(QUIET);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time += QUIET;
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isZero();
	}

	@Test
	void whatIsTakenInOneReadCountsTogether() {
		arriveAfter(QUIET);
		take(LITTLE / 2, LITTLE / 2);
		take(LITTLE / 2 + 1, LITTLE);
		complete(true);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
	}

	@Test
	void aBegunRecordHoldsMore() {
		arriveAfter(QUIET);
		take(5, 10);
		complete(false);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		readAllThereIs(5);
		assertThat(this.sentBefore.end()).isEqualTo(10);
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
	void aChannelWithoutAKernelHoldsAllThatWasSent() {
		this.receiveBuffer = null;
		arriveAfter(QUIET);
		readAllThereIs(10_000_000);
		assertThat(this.sentBefore.end()).isEqualTo(10_000_000);
	}

	@Test
	void ofAChannelThatIsClosedNothingIsKnownUntilNothingComes() {
		arriveAfter(QUIET);
		this.failing = true;
		this.sentBefore.arrived();
		readAllThereIs(10);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.time += QUIET;
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(10);
	}

}
