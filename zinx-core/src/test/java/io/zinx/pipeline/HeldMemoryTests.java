package io.zinx.pipeline;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.connection.CloseReason;
import io.zinx.heartbeat.ReadState;
import io.zinx.inbound.InboundSettings;
import io.zinx.inbound.InboundShare;
import io.zinx.inbound.InboundStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader that keeps to the inbound budget.
 */
class HeldMemoryTests {

	private static final int MAX = 10_000;

	private static final int TOTAL = 64_000;

	/** What is left of that for messages. */
	private static final int BOUND = TOTAL - TOTAL / 16;

	private final ReaderFixture fixture = new ReaderFixture(new InboundSettings(MAX, TOTAL));

	private final InboundShare others = this.fixture.budget.newShare(Runnable::run, (task) -> {
	});

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private InboundStatus status() {
		return this.fixture.budget.status();
	}

	@Test
	void aBegunFrameCountsWithItsBufferUntilItIsWhole() {
		this.fixture.reader.begin();
		byte[] frame = ReaderFixture.frame("x".repeat(3000));
		this.fixture.read(Arrays.copyOf(frame, 9));
		assertThat(status()).isEqualTo(new InboundStatus(512, 512, 0));
		this.fixture.read(Arrays.copyOfRange(frame, 9, 2000));
		assertThat(status()).isEqualTo(new InboundStatus(3008, 3008, 0));
		this.fixture.read(Arrays.copyOfRange(frame, 2000, frame.length));
		assertThat(status()).isEqualTo(InboundStatus.NOTHING);
		assertThat(this.fixture.events).hasSize(1);
	}

	@Test
	void framesThatThereIsNoRoomForCountAndAreNotBegun() {
		this.fixture.reader.begin();
		this.fixture.room(1);
		byte[] two = Arrays.copyOf(ReaderFixture.frame("x".repeat(1000)), 2016);
		System.arraycopy(two, 0, two, 1008, 1008);
		this.fixture.readAllThereIsRoomFor(two);
		assertThat(status()).isEqualTo(new InboundStatus(1008, 0, 0));
		this.fixture.room(1);
		this.fixture.reader.resume();
		assertThat(status()).isEqualTo(InboundStatus.NOTHING);
	}

	@Test
	void fewBytesInMuchMemoryAreCopiedOutOfIt() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		ByteBuf large = this.fixture.channel.alloc().directBuffer(8192, 8192);
		this.fixture.channel.pipeline().fireChannelRead(large.writeBytes(ReaderFixture.frame("tiny")));
		assertThat(large.refCnt()).isZero();
		assertThat(status().bytes()).isEqualTo(12);
		ByteBuf block = this.fixture.channel.alloc().directBuffer(65536, 65536).retain();
		this.fixture.channel.pipeline().fireChannelRead(block.writeBytes(ReaderFixture.frame("tiny")));
		assertThat(block.refCnt()).isOne();
		block.release();
	}

	@ParameterizedTest
	@ValueSource(strings = { "end", "closed", "discarded", "lingers" })
	void nothingIsHeldOfAConnectionThatHasEnded(String how) {
		this.fixture.reader.begin();
		this.fixture.read(Arrays.copyOf(ReaderFixture.frame("torn"), 9));
		assertThat(status().bytes()).isPositive();
		switch (how) {
			case "end" -> this.fixture.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
			case "closed" -> this.fixture.channel.close();
			case "discarded" -> this.fixture.reader.discard();
			default -> {
				this.fixture.connection.close(CloseReason.KICKED);
				this.fixture.reader.linger();
			}
		}
		assertThat(status()).isEqualTo(InboundStatus.NOTHING);
	}

	@Test
	void whoHoldsTooMuchIsNotReadUntilHalfOfItIsHandledAndIsNotSilentMeanwhile() {
		this.fixture.reader.begin();
		this.fixture.memory(MAX / 2);
		this.fixture.read("one");
		assertThat(this.fixture.isRead()).isTrue();
		this.fixture.read("two");
		assertThat(this.fixture.isRead()).isFalse();
		assertThat(this.fixture.tells).isTrue();
		assertThat(this.fixture.readStates).endsWith(ReadState.HELD);
		assertThat(status()).isEqualTo(new InboundStatus(MAX, 0, 1));
		this.fixture.giveBack(MAX / 2);
		this.fixture.reader.lookAgain();
		assertThat(this.fixture.isRead()).as("exactly half").isFalse();
		this.fixture.giveBack(1);
		this.fixture.reader.lookAgain();
		assertThat(this.fixture.isRead()).isTrue();
		assertThat(this.fixture.tells).isFalse();
		assertThat(this.fixture.readStates).endsWith(ReadState.OPEN);
		assertThat(status().paused()).isZero();
	}

	@Test
	void whatIsReadOnAHangUpWhileItIsPausedIsHandedOver() {
		this.fixture.reader.begin();
		this.fixture.memory(MAX);
		this.fixture.read("one");
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.read("two");
		this.fixture.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(this.fixture.events).containsExactly("one", "two", "end peer-closed");
		this.fixture.giveBack(2 * MAX);
		this.fixture.pass(20);
		assertThat(this.fixture.isRead()).isFalse();
		assertThat(status()).isEqualTo(InboundStatus.NOTHING);
	}

	@Test
	void whoIsNotReadFindsOutByItselfThatThereIsRoom() {
		this.fixture.reader.begin();
		this.fixture.memory(MAX);
		this.fixture.read("one");
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.giveBack(MAX);
		this.fixture.pass(20);
		assertThat(this.fixture.isRead()).isTrue();
		assertThat(this.fixture.hasTimer()).isFalse();
	}

	@Test
	void whatHasBegunCountsTogetherWithWhatWaits() {
		this.fixture.reader.begin();
		byte[] frame = ReaderFixture.frame("x".repeat(4096));
		this.fixture.memory(MAX - frame.length);
		this.fixture.read("waits");
		this.fixture.read(Arrays.copyOf(frame, frame.length / 2 + 1));
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.giveBack(MAX - frame.length);
		this.fixture.reader.lookAgain();
		assertThat(this.fixture.isRead()).isTrue();
		this.fixture.read(Arrays.copyOfRange(frame, frame.length / 2 + 1, frame.length));
		assertThat(this.fixture.events).hasSize(2);
	}

	@Test
	void whenAllTogetherHoldTooMuchWhoHoldsLittleIsReadAndWhoHoldsMuchIsNot() {
		this.fixture.reader.begin();
		for (int i = 1; i < 100; i++) {
			this.others.opened();
		}
		this.others.handed(BOUND);
		this.fixture.memory(BOUND / 100);
		this.fixture.read("an equal share");
		assertThat(this.fixture.isRead()).isTrue();
		this.fixture.memory(1);
		this.fixture.read("more");
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.giveBack(1);
		this.fixture.pass(20);
		assertThat(this.fixture.isRead()).as("its own are handled").isTrue();
		this.fixture.read("more");
		assertThat(this.fixture.isRead()).isFalse();
		this.others.givenBack(BOUND);
		this.fixture.pass(20);
		assertThat(this.fixture.isRead()).as("those of others are handled").isTrue();
	}

	@Test
	void aFrameThatWasBegunLongestAgoEndsItsConnectionWhenSuchFramesFillTheBudget() {
		this.fixture.reader.begin();
		this.fixture.read("whole");
		this.fixture.read(Arrays.copyOf(ReaderFixture.frame("torn"), 9));
		this.others.handed(BOUND / 2);
		assertThat(this.fixture.events).containsExactly("whole");
		for (int i = 0; i < BOUND / 2 / 4000 + 1; i++) {
			UndecodedBytes later = new UndecodedBytes(this.fixture.reader, Unpooled.EMPTY_BUFFER, 0);
			this.others.keep(later, 4000, true, Long.MAX_VALUE / 2);
		}
		this.fixture.channel.runPendingTasks();
		assertThat(this.fixture.events).containsExactly("whole", "end inbound-full");
		assertThat(this.fixture.reader.restCapacity()).isZero();
		assertThat(this.fixture.isRead()).isFalse();
	}

	@Test
	void aSocketThatIsClosedIsNoConnectionAnyMore() {
		this.fixture.reader.begin();
		this.fixture.channel.close();
		this.others.opened();
		this.others.handed(BOUND);
		assertThat(this.others.mustWait(0, BOUND, false)).as("has a share less than all").isFalse();
	}

}
