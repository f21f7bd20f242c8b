package io.zinx.heartbeat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The wheel as an event loop turns it; its buckets: see {@link TimerWheelTests}.
 */
class LoopWheelTests {

	private static final long TICK = 100;

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final Heartbeats heartbeats = new Heartbeats("test",
			HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY).timeout(Duration.ofSeconds(10)).build(),
			IdleSettings.OFF, ReceiveTimeouts.OFF, this.nanos::get);

	private final LoopWheel wheel = this.heartbeats.wheel(this.channel.eventLoop());

	private final List<String> due = new ArrayList<>();

	@BeforeEach
	void stopTime() {
		this.channel.freezeTime();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private Note arm(String name, long millis) {
		Note note = new Note(name);
		rearm(note, millis);
		return note;
	}

	private void rearm(Note note, long millis) {
		long now = this.nanos.get();
		this.wheel.arm(note, now + TimeUnit.MILLISECONDS.toNanos(millis), now);
	}

	/**
	 * Let time pass, in which the event loop runs what is due all the time.
	 */
	private void pass(long millis) {
		for (long i = 0; i < millis; i++) {
			stall(1);
		}
	}

	/**
	 * Let time pass in which the event loop is held up.
	 */
	private void stall(long millis) {
		this.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
		this.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.channel.runPendingTasks();
	}

	private boolean isTicking() {
		return this.channel.runScheduledPendingTasks() != -1;
	}

	@Test
	void anEventLoopHasOneWheel() {
		assertThat(this.heartbeats.wheel(this.channel.eventLoop())).isSameAs(this.wheel);
		assertThat(this.heartbeats.wheel(new EmbeddedChannel().eventLoop())).isNotSameAs(this.wheel);
		assertThat(this.wheel.heartbeats()).isSameAs(this.heartbeats);
	}

	@Test
	void whatIsArmedIsDueWithinATickAndNeverEarly() {
		arm("one", 250);
		arm("other", 600);
		pass(249);
		assertThat(this.due).isEmpty();
		pass(1 + TICK);
		assertThat(this.due).containsExactly("one");
		pass(249);
		assertThat(this.due).containsExactly("one");
		pass(1 + TICK);
		assertThat(this.due).containsExactly("one", "other");
	}

	@Test
	void itTicksOnlyWhileSomethingIsArmed() {
		assertThat(isTicking()).isFalse();
		Note first = arm("first", 1000);
		assertThat(isTicking()).isTrue();
		pass(300);
		assertThat(isTicking()).isTrue();
		this.wheel.remove(first);
		pass(TICK);
		assertThat(isTicking()).isFalse();
		pass(3_600);
		arm("second", 50);
		pass(50 + TICK);
		assertThat(this.due).containsExactly("second");
		assertThat(isTicking()).isFalse();
	}

	@Test
	void whatArmsItselfAnewWhileItIsDueGoesOn() {
		arm("beat", 200).again = 200;
		pass(200 + TICK);
		assertThat(this.due).hasSize(1);
		pass(2000);
		assertThat(this.due.size()).isBetween(1 + 2000 / 300, 1 + 2000 / 200);
		assertThat(this.wheel.size()).isOne();
	}

	@Test
	void anEventLoopThatWasHeldUpCallsEachOnce() {
		arm("one", 200);
		arm("two", 5000);
		arm("later", 100_000);
		stall(60_000);
		assertThat(this.due).containsExactlyInAnyOrder("one", "two");
		pass(1000);
		assertThat(this.due).hasSize(2);
		assertThat(this.wheel.size()).isOne();
	}

	private final class Note extends TimerWheel.Entry {

		private final String name;

		/** When it is armed again, once it is due. */
		private long again;

		Note(String name) {
			this.name = name;
		}

		@Override
		void due(long now) {
			LoopWheelTests.this.due.add(this.name);
			if (this.again > 0) {
				rearm(this, this.again);
			}
		}

	}

}
