package io.zinx.lifecycle;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.zinx.lifecycle.StartStop.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

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
