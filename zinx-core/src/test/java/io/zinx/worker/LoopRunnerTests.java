package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoopRunnerTests {

	private final ManualLoop loop = new ManualLoop();

	private final LoopRunner runner = new LoopRunner(0, this.loop.loop());

	private final List<String> events = new ArrayList<>();

	@Test
	void lanesAreRunInTheirOrderAndWhatEachAnsweredIsWrittenBeforeTheNext() {
		this.runner.add(lane("first"));
		this.runner.add(lane("second"));
		assertThat(this.loop.tasks()).isZero();
		this.runner.wake();
		assertThat(this.events).isEmpty();
		this.loop.runTasks();
		assertThat(this.events).containsExactly("first", "first written", "second", "second written");
	}

	@Test
	void manyWakesCostTheEventLoopOneTask() {
		for (int i = 0; i < 10; i++) {
			this.runner.add(lane("" + i));
			this.runner.wake();
		}
		assertThat(this.loop.tasks()).isEqualTo(1);
		this.loop.runTasks();
		assertThat(this.events).hasSize(20);
		this.runner.add(lane("later"));
		this.runner.wake();
		assertThat(this.loop.tasks()).isEqualTo(1);
		this.loop.runTasks();
		assertThat(this.events).hasSize(22);
	}

	@Test
	void anEventLoopThatTakesNothingForThePresentRunsTheLanesWhenItIsWokenAgain() {
		this.loop.full(true);
		this.runner.add(lane("first"));
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(this.runner::wake);
		this.loop.full(false);
		this.runner.wake();
		this.loop.runTasks();
		assertThat(this.events).containsExactly("first", "first written");
	}

	@Test
	void whatLanesAddWaitsUntilTheEventLoopHasLookedAtItsSockets() {
		this.runner.add(new TestLane(() -> {
			this.events.add("first");
			this.runner.add(lane("added"));
		}));
		this.runner.add(lane("second"));
		this.runner.wake();
		this.loop.runTasks();
		this.loop.runTasks();
		assertThat(this.events).containsExactly("first", "second", "second written");
		this.loop.runScheduled();
		assertThat(this.events).endsWith("added", "added written");
	}

	@Test
	void aLaneThatComesBackForEverLetsTheEventLoopLookAtItsSocketsEachTime() {
		this.runner.add(new TestLane(new Runnable() {
			@Override
			public void run() {
				LoopRunnerTests.this.events.add("again");
				LoopRunnerTests.this.runner.add(new TestLane(this));
			}
		}));
		this.runner.wake();
		this.loop.runTasks();
		for (int turn = 1; turn <= 10; turn++) {
			this.loop.runTasks();
			assertThat(this.events).hasSize(turn);
			this.loop.runScheduled();
		}
	}

	@Test
	void aWakeWhileTheEventLoopIsToLookAtItsSocketsDoesNotBringForwardWhatWaitsForThat() {
		this.runner.add(new TestLane(() -> this.runner.add(lane("added"))));
		this.runner.wake();
		this.loop.runTasks();
		this.runner.add(lane("from outside"));
		this.runner.wake();
		this.loop.runTasks();
		assertThat(this.events).isEmpty();
		this.loop.runScheduled();
		assertThat(this.events).containsExactly("added", "added written", "from outside", "from outside written");
	}

	@Test
	void whatALaneAnsweredBeforeItThrewIsWritten() {
		this.runner.add(new TestLane(() -> {
			throw new IllegalStateException("on purpose");
		}, () -> this.events.add("written")));
		this.runner.wake();
		this.loop.runTasks();
		assertThat(this.events).containsExactly("written");
	}

	@Test
	void whatIsBroughtToAnEventLoopThatHasEndedIsDropped() {
		this.runner.add(new TestLane(() -> this.runner.add(lane("added"))));
		this.runner.wake();
		this.loop.end();
		this.loop.runTasks();
		this.runner.add(lane("late"));
		this.runner.wake();
		this.loop.runTasks();
		this.loop.runScheduled();
		assertThat(this.events).isEmpty();
	}

	private TestLane lane(String name) {
		return new TestLane(() -> this.events.add(name), () -> this.events.add(name + " written"));
	}

}
