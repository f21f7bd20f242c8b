package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import io.zinx.outbound.LoopOutbox;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopTurnTests {

	private final ManualLoop loop = new ManualLoop();

	private final LoopOutbox outbox = new LoopOutbox(this.loop.loop());

	private final List<String> events = new ArrayList<>();

	private final List<LaneRunner> runners = IntStream.range(0, 4)
		.<LaneRunner>mapToObj((index) -> new RecordingRunner(index))
		.toList();

	private final LoopTurn turn = new LoopTurn(this.loop.loop(), this.outbox, this.runners);

	/** What a runner does as soon as it is woken, as if it had a thread at hand. */
	private Runnable work = () -> {
	};

	@Test
	void wakesEachRunnerThatWasGivenSomethingOnceAtTheEndOfTheTurn() {
		touch(2, 0, 2, 2, 0);
		assertThat(this.events).isEmpty();
		assertThat(this.loop.tasks()).isEqualTo(1);
		this.loop.runTasks();
		assertThat(this.events).containsExactlyInAnyOrder("woke 0", "woke 2");
		assertThat(this.loop.tasks()).isZero();
	}

	@Test
	void eachTurnWakesOnlyThoseThatWereGivenSomethingInIt() {
		touch(3);
		this.loop.runTasks();
		this.events.clear();
		touch(1, 3);
		this.loop.runTasks();
		assertThat(this.events).containsExactlyInAnyOrder("woke 1", "woke 3");
		this.events.clear();
		touch(0);
		this.loop.runTasks();
		assertThat(this.events).containsExactly("woke 0");
	}

	/**
	 * A reply that is there when the turn ends is written in it, behind the wake-ups, so
	 * that no runner waits for writes.
	 */
	@Test
	void collectsBehindTheWakeUpsWhatWasPublishedInTheTurn() {
		touch(1);
		this.outbox.publish(new Reply(() -> this.events.add("written")));
		touch(2);
		this.loop.runTasks();
		assertThat(this.events).containsExactly("woke 1", "woke 2", "written");
	}

	@Test
	void whoAnswersBeforeTheTurnEndsNeedNotWakeTheEventLoop() {
		this.work = () -> {
			this.outbox.publish(new Reply(() -> this.events.add("written")));
			this.outbox.wake();
		};
		touch(0, 1);
		this.loop.runTasks();
		assertThat(this.events).containsExactly("woke 0", "woke 1", "written", "written");
		assertThat(this.loop.tasks()).isZero();
	}

	@Test
	void whoAnswersBehindTheTurnWakesTheEventLoop() {
		for (int round = 1; round <= 3; round++) {
			touch(0);
			this.loop.runTasks();
			this.events.clear();
			this.outbox.publish(new Reply(() -> this.events.add("written")));
			this.outbox.wake();
			assertThat(this.events).isEmpty();
			this.loop.runTasks();
			assertThat(this.events).containsExactly("written");
		}
	}

	/**
	 * The runner has not woken the event loop yet, because it is at its next lane.
	 */
	@Test
	void asLongAsLanesAreAtWorkElsewhereWhatTheyPublishIsCollectedWithoutAWake() {
		this.outbox.laneBusy();
		touch(0);
		this.loop.runTasks();
		for (int tick = 1; tick <= 3; tick++) {
			Reply reply = new Reply();
			this.outbox.publish(reply);
			this.loop.runScheduled();
			assertThat(reply.isWritten()).isTrue();
		}
		this.outbox.laneIdle();
		this.loop.runScheduled();
		Reply late = new Reply();
		this.outbox.publish(late);
		this.loop.runScheduled();
		assertThat(late.isWritten()).isFalse();
		this.outbox.wake();
		this.loop.runTasks();
		assertThat(late.isWritten()).isTrue();
	}

	@Test
	void aRunnerThatCannotBeWokenKeepsNeitherTheOthersAsleepNorRepliesFromBeingWritten() {
		this.work = () -> {
			if (this.events.size() == 1) {
				throw new RejectedExecutionException("on purpose");
			}
		};
		touch(0, 1, 2);
		this.outbox.publish(new Reply(() -> this.events.add("written")));
		this.loop.runTasks();
		assertThat(this.events).containsExactly("woke 0", "woke 1", "woke 2", "written");
		this.events.clear();
		touch(3);
		this.outbox.publish(new Reply(() -> this.events.add("written")));
		this.loop.runTasks();
		assertThat(this.events).containsExactly("woke 3", "written");
	}

	private void touch(int... indexes) {
		for (int index : indexes) {
			this.turn.touched(this.runners.get(index));
		}
	}

	private final class RecordingRunner implements LaneRunner {

		private final int index;

		RecordingRunner(int index) {
			this.index = index;
		}

		@Override
		public int index() {
			return this.index;
		}

		@Override
		public boolean add(LaneJob lane) {
			throw new UnsupportedOperationException("Whoever gives a lane does that before");
		}

		@Override
		public void wake() {
			LoopTurnTests.this.events.add("woke " + this.index);
			LoopTurnTests.this.work.run();
		}

	}

}
