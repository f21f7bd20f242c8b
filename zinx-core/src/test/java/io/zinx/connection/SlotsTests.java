package io.zinx.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SlotsTests {

	private final Slots slots = new Slots(2);

	@Test
	void thereAreAsManyAsWereAskedFor() {
		assertThat(this.slots.take()).isTrue();
		assertThat(this.slots.take()).isTrue();
		assertThat(this.slots.take()).isFalse();
		assertThat(this.slots.taken()).as("one asked in vain").isEqualTo(2);
		this.slots.giveBack();
		assertThat(this.slots.taken()).isEqualTo(1);
		assertThat(this.slots.take()).isTrue();
		assertThat(this.slots.take()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void fewerThanOneIsRefused(int max) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> new Slots(max))
			.withMessage("max-conn: " + max + " (expected: 1 or more)");
	}

	/**
	 * Each thread holds one slot at most, so with as many slots as threads none is ever
	 * turned away, however they race.
	 */
	@Test
	void nobodyIsTurnedAwayWhileOneIsFree() throws Exception {
		int threads = 4;
		Slots enough = new Slots(threads);
		AtomicInteger refused = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(threads);
		for (int t = 0; t < threads; t++) {
			new Thread(() -> {
				for (int i = 0; i < 50_000; i++) {
					if (enough.take()) {
						enough.giveBack();
					}
					else {
						refused.incrementAndGet();
					}
				}
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(refused).hasValue(0);
		assertThat(enough.taken()).isZero();
	}

	@Test
	void everyQueueIsToldOfASlotThatIsFreeByThen() {
		List<String> told = new ArrayList<>();
		for (String name : List.of("first", "second")) {
			this.slots.add(queue(1, () -> told.add(name + " sees " + this.slots.taken())));
		}
		this.slots.take();
		this.slots.take();
		assertThat(told).isEmpty();
		this.slots.giveBack();
		assertThat(told).containsExactly("first sees 1", "second sees 1");
	}

	@Test
	void aQueueMayTakeTheSlotItIsToldOf() {
		this.slots.add(queue(1, () -> assertThat(this.slots.take()).isTrue()));
		this.slots.take();
		this.slots.take();
		this.slots.giveBack();
		assertThat(this.slots.taken()).isEqualTo(2);
	}

	@Test
	void aQueueThatHasGoneIsNeitherToldNorCounted() {
		List<String> told = new ArrayList<>();
		Slots.Waiting gone = queue(3, () -> told.add("gone"));
		Slots.Waiting stays = queue(4, () -> told.add("stays"));
		this.slots.add(gone);
		this.slots.add(stays);
		assertThat(this.slots.waiting()).as("in all queues").isEqualTo(7);
		this.slots.remove(gone);
		this.slots.take();
		this.slots.giveBack();
		assertThat(told).containsExactly("stays");
		assertThat(this.slots.waiting()).isEqualTo(4);
	}

	private static Slots.Waiting queue(int size, Runnable told) {
		return new Slots.Waiting() {
			@Override
			public void slotFreed() {
				told.run();
			}

			@Override
			public int size() {
				return size;
			}
		};
	}

}
