package io.zinx.heartbeat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimerWheelTests {

	private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

	/** Two hours: many rounds of 512 ticks. */
	private static final long LONGEST = TimeUnit.HOURS.toNanos(2);

	private final List<Note> due = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(longs = { 0, 1234567, Long.MAX_VALUE - 1000, Long.MIN_VALUE })
	void aHundredThousandEntriesAreDueWithinOneTickAndNeverEarly(long start) {
		Random random = new Random(7);
		TimerWheel wheel = new TimerWheel(TICK, start);
		for (int i = 0; i < 100_000; i++) {
			long deadline = start + (long) (random.nextDouble() * LONGEST);
			wheel.arm(new Note(deadline), deadline, start);
		}
		for (long passed = 0; passed <= LONGEST + TICK; passed += TICK) {
			int before = this.due.size();
			wheel.advance(start + passed);
			for (Note note : this.due.subList(before, this.due.size())) {
				assertThat(start + passed - note.deadline).isBetween(0L, TICK);
			}
		}
		assertThat(this.due).hasSize(100_000).doesNotHaveDuplicates();
		assertThat(wheel.size()).isZero();
	}

	@Test
	void whatIsRemovedIsNotDue() {
		TimerWheel wheel = new TimerWheel(TICK, 0);
		List<Note> notes = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			Note note = new Note(TICK * (i % 700));
			notes.add(note);
			wheel.arm(note, note.deadline, 0);
		}
		for (int i = 0; i < notes.size(); i += 2) {
			wheel.remove(notes.get(i));
			wheel.remove(notes.get(i));
		}
		assertThat(wheel.size()).isEqualTo(5000);
		advance(wheel, 0, 701);
		assertThat(this.due).hasSize(5000);
		List<Note> kept = IntStream.range(0, 5000).mapToObj((i) -> notes.get(2 * i + 1)).toList();
		assertThat(new HashSet<>(this.due)).isEqualTo(new HashSet<>(kept));
		assertThat(wheel.size()).isZero();
	}

	@Test
	void anEntryThatIsArmedAnewIsDueOnceAtItsLastDeadline() {
		TimerWheel wheel = new TimerWheel(TICK, 0);
		Note note = new Note(TICK * 1000);
		wheel.arm(note, TICK * 3, 0);
		wheel.arm(note, TICK * 1000, 0);
		wheel.arm(note, note.deadline, 0);
		advance(wheel, 0, 999);
		assertThat(this.due).isEmpty();
		advance(wheel, 999, 1000);
		assertThat(this.due).containsExactly(note);
	}

	@Test
	void entriesRemoveAndArmEachOtherWhileTheyAreDue() {
		TimerWheel wheel = new TimerWheel(TICK, 0);
		Note removed = new Note(TICK);
		Note alsoRemoved = new Note(TICK);
		Note armedAnew = new Note(TICK * 2);
		Note first = new Note(TICK);
		LongConsumer meddling = (now) -> {
			wheel.remove(removed);
			wheel.remove(alsoRemoved);
			wheel.arm(armedAnew, armedAnew.deadline, now);
			wheel.arm(first, first.deadline, now);
			first.then = (later) -> {
			};
		};
		first.then = meddling;
		wheel.arm(removed, TICK, 0);
		wheel.arm(armedAnew, TICK, 0);
		wheel.arm(alsoRemoved, TICK, 0);
		wheel.arm(first, TICK, 0);
		wheel.advance(TICK);
		assertThat(this.due).containsExactly(first);
		wheel.advance(TICK * 2);
		assertThat(this.due).containsExactlyInAnyOrder(first, first, armedAnew);
		assertThat(wheel.size()).isZero();
	}

	@Test
	void nothingIsLostWhenTheLoopStallsForManyRounds() {
		TimerWheel wheel = new TimerWheel(TICK, 0);
		for (int i = 0; i < 3000; i++) {
			wheel.arm(new Note(TICK * i), TICK * i, 0);
		}
		wheel.advance(TICK * 2500);
		assertThat(this.due).hasSize(2501);
		advance(wheel, 2500, 3000);
		assertThat(this.due).hasSize(3000);
	}

	@Test
	void aWheelThatWasEmptyForLongGoesOnFromNow() {
		TimerWheel wheel = new TimerWheel(TICK, 0);
		long now = TICK * 1_000_000_007L;
		Note note = new Note(now + TICK);
		wheel.arm(note, note.deadline, now);
		assertThat(wheel.untilNextTick(now)).isEqualTo(TICK);
		wheel.advance(now);
		assertThat(this.due).isEmpty();
		wheel.advance(now + TICK);
		assertThat(this.due).containsExactly(note);
	}

	@Test
	void anEntryThatThrowsKeepsNobodyWaiting() {
		TimerWheel wheel = new TimerWheel(TICK, 0);
		for (int i = 0; i < 3; i++) {
			Note note = new Note(TICK);
			note.then = (now) -> {
				throw new IllegalStateException("thrown by a test");
			};
			wheel.arm(note, TICK, 0);
		}
		wheel.advance(TICK);
		assertThat(this.due).hasSize(3);
	}

	private static void advance(TimerWheel wheel, long from, long to) {
		for (long tick = from; tick <= to; tick++) {
			wheel.advance(tick * TICK);
		}
	}

	private final class Note extends TimerWheel.Entry {

		private final long deadline;

		private LongConsumer then = (now) -> {
		};

		Note(long deadline) {
			this.deadline = deadline;
		}

		@Override
		void due(long now) {
			TimerWheelTests.this.due.add(this);
			this.then.accept(now);
		}

	}

}
