package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueueBoundTests {

	@ParameterizedTest
	@CsvSource({ "8, 3, 3", "8, 8, 8", "8, 9, 8", "1, 1, 1", "1, 256, 1", "8, 0, 0", "8, -1, 0" })
	void grantsWhatIsWantedUpToTheBound(int most, int wanted, int granted) {
		QueueBound bound = new QueueBound(most);
		assertThat(bound.reserve(wanted)).isEqualTo(granted);
		assertThat(bound.waiting()).isEqualTo(granted);
	}

	@Test
	void grantsWhatIsLeftAndThenNothingUntilRoomIsGivenBack() {
		QueueBound bound = new QueueBound(8);
		assertThat(bound.reserve(5)).isEqualTo(5);
		assertThat(bound.reserve(5)).isEqualTo(3);
		assertThat(bound.reserve(1)).isZero();
		bound.release(2);
		assertThat(bound.reserve(5)).isEqualTo(2);
		assertThat(bound.reserve(1)).isZero();
		assertThat(bound.waiting()).isEqualTo(8);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 8, 256 })
	void whoWaitsIsToldOnceAsSoonAsHalfIsFree(int most) {
		QueueBound bound = full(most);
		AtomicInteger told = new AtomicInteger();
		bound.await(told::incrementAndGet);
		assertThat(told).hasValue(0);
		for (int left = most - 1; left >= 0; left--) {
			bound.release(1);
			assertThat(told).as("%s of %s left", left, most).hasValue((2 * left <= most) ? 1 : 0);
		}
	}

	/**
	 * As when others give room back between a reservation that was refused and the wish
	 * to be told.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 8 })
	void whoBeginsToWaitWhenHalfIsFreeIsToldAtOnce(int most) {
		for (int left = 0; left <= most; left++) {
			QueueBound bound = full(most);
			AtomicInteger told = new AtomicInteger();
			assertThat(bound.reserve(1)).isZero();
			bound.release(most - left);
			bound.await(told::incrementAndGet);
			assertThat(told).as("%s of %s left", left, most).hasValue((2 * left <= most) ? 1 : 0);
		}
	}

	@Test
	void allWhoWaitAreToldInTheirOrderAndNeverAgain() {
		QueueBound bound = full(4);
		List<String> told = new ArrayList<>();
		bound.await(() -> told.add("first"));
		bound.await(() -> told.add("second"));
		bound.await(() -> told.add("third"));
		bound.release(2);
		assertThat(told).containsExactly("first", "second", "third");
		assertThat(bound.reserve(2)).isEqualTo(2);
		bound.release(4);
		assertThat(told).hasSize(3);
	}

	@Test
	void whoHasTakenTheRoomMayWaitForMoreAgainAndAgain() {
		QueueBound bound = full(4);
		AtomicInteger told = new AtomicInteger();
		for (int round = 1; round <= 3; round++) {
			bound.await(told::incrementAndGet);
			bound.release(1);
			assertThat(told).hasValue(round - 1);
			bound.release(1);
			assertThat(told).hasValue(round);
			assertThat(bound.reserve(4)).isEqualTo(2);
		}
	}

	@Test
	void theBoundIsExactWhileManyReserveAndGiveBack() throws Exception {
		QueueBound bound = new QueueBound(5);
		AtomicInteger held = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Crowd.run(4, (number) -> {
			for (int i = 0; i < 50_000; i++) {
				int granted = bound.reserve(1 + i % 4);
				most.accumulateAndGet(held.addAndGet(granted), Math::max);
				held.addAndGet(-granted);
				bound.release(granted);
			}
		});
		assertThat(most.get()).isBetween(4, 5);
		assertThat(bound.waiting()).isZero();
		assertThat(bound.reserve(6)).isEqualTo(5);
	}

	/**
	 * Three put messages and wait whenever there is no room, as lanes do; the fourth
	 * takes them out.
	 */
	@Test
	void nobodyWaitsForRoomThatIsThere() throws Exception {
		int each = 10_000;
		QueueBound bound = new QueueBound(4);
		Semaphore queued = new Semaphore(0);
		Crowd.run(4, (number) -> {
			if (number == 3) {
				for (int i = 0; i < 3 * each; i++) {
					acquire(queued);
					bound.release(1);
				}
				return;
			}
			int left = each;
			while (left > 0) {
				int granted = bound.reserve(Math.min(left, 3));
				queued.release(granted);
				left -= granted;
				if (granted == 0) {
					Semaphore told = new Semaphore(0);
					bound.await(told::release);
					acquire(told);
				}
			}
		});
		assertThat(bound.waiting()).isZero();
	}

	private static void acquire(Semaphore permits) throws InterruptedException {
		assertThat(permits.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
	}

	private static QueueBound full(int most) {
		QueueBound bound = new QueueBound(most);
		assertThat(bound.reserve(most)).isEqualTo(most);
		return bound;
	}

}
