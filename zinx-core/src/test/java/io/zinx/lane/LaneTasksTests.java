package io.zinx.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.lane.LaneTasks.Call;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class LaneTasksTests {

	private final List<String> run = new ArrayList<>();

	private final Queue<Call> inbox = new ArrayDeque<>();

	private final LaneTasks tasks = new LaneTasks(3, Runnable::run);

	@Test
	void soManyTasksWaitAndNoMoreUntilOneWasRun() {
		assertThat(List.of(submit("a"), submit("b"), submit("c"))).containsOnly(true);
		assertThat(submit("d")).isFalse();
		assertThat(this.inbox).hasSize(3);
		runNext();
		assertThat(submit("e")).isTrue();
		assertThat(submit("f")).isFalse();
		runAll();
		assertThat(this.run).containsExactly("a", "b", "c", "e");
		assertThat(List.of(submit("g"), submit("h"), submit("i"))).containsOnly(true);
	}

	@Test
	void oneThatTakesNoTasksTakesNone() {
		assertThat(new LaneTasks(0, Runnable::run).submit(() -> this.run.add("a"))).isFalse();
		assertThat(LaneTasks.CLOSED.submit(() -> this.run.add("a"))).isFalse();
		assertThat(this.run).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway")
	void noTaskIsAnErrorOfTheCaller() {
		assertThatNullPointerException().isThrownBy(() -> this.tasks.submit(null)).withMessage("task");
		assertThatNullPointerException().isThrownBy(() -> LaneTasks.CLOSED.submit(null)).withMessage("task");
	}

	@Test
	void tasksWithoutAnInboxArePolledInOrder() {
		this.tasks.submit(() -> this.run.add("a"));
		this.tasks.submit(() -> this.run.add("b"));
		assertThat(this.tasks.waiting()).isEqualTo(2);
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
		assertThat(this.run).containsExactly("a", "b");
		assertThat(this.tasks.waiting()).isZero();
	}

	@Test
	void whatWasTakenBeforeTheCloseIsRunBehindItAndNothingElse() {
		assertThat(submit("before")).isTrue();
		this.tasks.close();
		assertThat(submit("behind")).isFalse();
		runAll();
		assertThat(this.run).containsExactly("before");
	}

	@Test
	void aTaskThatMeetsTheCloseBeforeTheLaneLooksIsRefusedAndNotRun() {
		assertThat(this.tasks.submit(() -> this.run.add("a"), (call) -> {
			this.inbox.add(call);
			this.tasks.close();
		})).isFalse();
		runAll();
		assertThat(this.run).isEmpty();
	}

	@Test
	void aTaskThatMeetsTheCloseAndIsRunAtOnceIsTaken() {
		assertThat(this.tasks.submit(() -> this.run.add("a"), (call) -> {
			this.tasks.close();
			call.run();
			this.tasks.end();
		})).isTrue();
		assertThat(this.run).containsExactly("a");
	}

	@Test
	void aTaskThatComesBehindTheLastLookIsRefusedEvenIfTheLaneFindsIt() {
		assertThat(this.tasks.submit(() -> this.run.add("a"), (call) -> {
			this.tasks.close();
			this.tasks.end();
			call.run();
		})).isFalse();
		assertThat(this.run).isEmpty();
	}

	@Test
	void aTaskIsRunOnceHoweverOftenItIsFound() {
		AtomicInteger runs = new AtomicInteger();
		this.tasks.submit(runs::incrementAndGet, this.inbox::add);
		Call call = this.inbox.remove();
		call.run();
		call.run();
		assertThat(runs).hasValue(1);
		submit("a");
		submit("b");
		submit("c");
		assertThat(submit("d")).as("room given back twice").isFalse();
	}

	@Test
	void aTaskThatMayNotRunInThisTurnStaysForTheNext() {
		submit("a");
		RecordingRun lane = new RecordingRun();
		lane.left = 0;
		Call call = this.inbox.remove();
		assertThat(call.run(lane)).isFalse();
		assertThat(this.run).isEmpty();
		lane.left = 1;
		assertThat(call.run(lane)).isTrue();
		assertThat(this.run).containsExactly("a");
	}

	@Test
	void aTaskOfTheFrameworkIsDoneInOneGo() {
		RecordingRun lane = new RecordingRun();
		lane.left = 0;
		LaneTask task = LaneTask.of(() -> this.run.add("a"));
		task.abandon(lane);
		assertThat(this.run).isEmpty();
		assertThat(task.run(lane)).isTrue();
		assertThat(this.run).containsExactly("a");
	}

	private boolean submit(String name) {
		return this.tasks.submit(() -> this.run.add(name), this.inbox::add);
	}

	private void runNext() {
		this.inbox.remove().run();
	}

	private void runAll() {
		while (!this.inbox.isEmpty()) {
			runNext();
		}
	}

}
