package io.zinx.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.zinx.lifecycle.StartStop.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StartStopTests {

	private final Recorded recorded = new Recorded();

	@Test
	void startsOnceAndStopsOnce() {
		assertThat(this.recorded.state()).isEqualTo(State.STOPPED);
		assertThat(this.recorded.startOnce()).isTrue();
		assertThat(this.recorded.startOnce()).isFalse();
		assertThat(this.recorded.state()).isEqualTo(State.STARTED);
		assertThat(this.recorded.stopOnce()).isTrue();
		assertThat(this.recorded.stopOnce()).isFalse();
		assertThat(this.recorded.calls).containsExactly("STARTING", "STOPPING");
	}

	@Test
	void stoppingWhatWasNeverStartedDoesNothing() {
		assertThat(this.recorded.stopOnce()).isFalse();
		assertThat(this.recorded.calls).isEmpty();
	}

	@Test
	void canBeStartedAfterAStartThatFailed() {
		this.recorded.fail = true;
		assertThatIllegalStateException().isThrownBy(this.recorded::startOnce);
		assertThat(this.recorded.state()).isEqualTo(State.STOPPED);
		this.recorded.fail = false;
		assertThat(this.recorded.startOnce()).isTrue();
	}

	@Test
	void isStoppedAfterAStopThatFailed() {
		this.recorded.startOnce();
		this.recorded.fail = true;
		assertThatIllegalStateException().isThrownBy(this.recorded::stopOnce);
		assertThat(this.recorded.state()).isEqualTo(State.STOPPED);
	}

	@Test
	void aStartThatComesWhileItStopsWaitsAndThenStarts() throws Exception {
		this.recorded.startOnce();
		this.recorded.hold = new CountDownLatch(1);
		Thread stopper = new Thread(this.recorded::stopOnce);
		stopper.start();
		Awaitility.await().until(() -> this.recorded.state() == State.STOPPING);
		Thread starter = new Thread(this.recorded::startOnce);
		starter.start();
		Awaitility.await().until(() -> starter.getState() == Thread.State.WAITING);
		this.recorded.hold.countDown();
		stopper.join();
		starter.join();
		assertThat(this.recorded.state()).isEqualTo(State.STARTED);
	}

	@Test
	void refusesToBeStoppedFromInside() {
		StartStop inside = new StartStop();
		assertThatIllegalStateException().isThrownBy(() -> inside.start(() -> inside.stop(() -> {
		})));
		assertThat(inside.state()).isEqualTo(State.STOPPED);
	}

	@Test
	void aStopThatComesWhileItStartsWaitsAndThenStops() throws Exception {
		this.recorded.hold = new CountDownLatch(1);
		Thread starter = start(this.recorded::startOnce);
		Awaitility.await().until(() -> this.recorded.state() == State.STARTING);
		FutureTask<Boolean> stop = new FutureTask<>(this.recorded::stopOnce);
		Thread stopper = start(stop);
		Awaitility.await().until(() -> stopper.getState() == Thread.State.WAITING);
		assertThat(this.recorded.calls).containsExactly("STARTING");
		this.recorded.hold.countDown();
		starter.join();
		assertThat(stop.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(this.recorded.state()).isEqualTo(State.STOPPED);
		assertThat(this.recorded.calls).containsExactly("STARTING", "STOPPING");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aSecondCallOfTheSameKindWaitsForTheFirstAndDoesNothing(boolean starts) throws Exception {
		Callable<Boolean> call = starts ? this.recorded::startOnce : this.recorded::stopOnce;
		if (!starts) {
			this.recorded.startOnce();
		}
		this.recorded.calls.clear();
		this.recorded.hold = new CountDownLatch(1);
		FutureTask<Boolean> first = new FutureTask<>(call);
		start(first);
		Awaitility.await().until(() -> this.recorded.calls.size() == 1);
		FutureTask<Boolean> second = new FutureTask<>(call);
		Thread thread = start(second);
		Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
		this.recorded.hold.countDown();
		assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(second.get(30, TimeUnit.SECONDS)).isFalse();
		assertThat(this.recorded.calls).hasSize(1);
	}

	/**
	 * Whoever waited for a start that has failed makes the next attempt.
	 */
	@Test
	void aStartThatComesWhileAnotherOneFailsStartsItself() throws Exception {
		this.recorded.fail = true;
		this.recorded.hold = new CountDownLatch(1);
		FutureTask<Boolean> first = new FutureTask<>(this.recorded::startOnce);
		start(first);
		Awaitility.await().until(() -> this.recorded.state() == State.STARTING);
		StartStop lifecycle = this.recorded.lifecycle;
		FutureTask<Boolean> second = new FutureTask<>(() -> lifecycle.start(() -> this.recorded.calls.add("second")));
		Thread thread = start(second);
		Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
		this.recorded.hold.countDown();
		assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
		assertThat(first).failsWithin(Duration.ofSeconds(30));
		assertThat(this.recorded.calls).containsExactly("STARTING", "second");
		assertThat(this.recorded.state()).isEqualTo(State.STARTED);
	}

	@Test
	void refusesAnyCallFromInsideAndGoesOnWithTheOneThatIsUnderWay() {
		StartStop inside = new StartStop();
		Runnable calls = () -> {
			assertThatIllegalStateException().isThrownBy(() -> inside.start(() -> {
			})).withMessageContaining("called from inside");
			assertThatIllegalStateException().isThrownBy(() -> inside.stop(() -> {
			}));
		};
		assertThat(inside.start(calls)).isTrue();
		assertThat(inside.state()).isEqualTo(State.STARTED);
		assertThat(inside.stop(calls)).isTrue();
		assertThat(inside.state()).isEqualTo(State.STOPPED);
	}

	private static Thread start(Runnable task) {
		Thread thread = new Thread(task);
		thread.start();
		return thread;
	}

	private static final class Recorded {

		private final StartStop lifecycle = new StartStop();

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private volatile boolean fail;

		private volatile CountDownLatch hold = new CountDownLatch(0);

		boolean startOnce() {
			return this.lifecycle.start(this::record);
		}

		boolean stopOnce() {
			return this.lifecycle.stop(this::record);
		}

		State state() {
			return this.lifecycle.state();
		}

		private void record() {
			this.calls.add(state().name());
			try {
				this.hold.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (this.fail) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
