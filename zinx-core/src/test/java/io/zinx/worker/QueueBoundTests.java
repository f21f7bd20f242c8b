package io.zinx.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.testing.Repetitions;
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

	/**
	 * Any two that were granted room at a time have more than there is.
	 */
	@Test
	void theBoundIsExactWhileManyReserveAndGiveBack() throws Exception {
		QueueBound bound = new QueueBound(5);
		AtomicInteger held = new AtomicInteger();
		AtomicInteger tooMany = new AtomicInteger();
		Crowd.run(4, (number) -> {
			for (int i = 0; i < 200_000; i++) {
				int granted = bound.reserve(4 + i % 2);
				int now = held.addAndGet(granted);
				if (now > 5) {
					tooMany.set(now);
				}
				held.addAndGet(-granted);
				bound.release(granted);
			}
		});
		assertThat(tooMany).hasValue(0);
		assertThat(bound.waiting()).isZero();
		assertThat(bound.reserve(6)).isEqualTo(5);
	}

	/**
	 * Some put messages and wait whenever there is no room, as lanes do; one takes them
	 * out at once, so that room comes back while they make up their mind to wait.
	 */
	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 2", "3, 4" })
	void nobodyWaitsForRoomThatIsThere(int lanes, int most) throws Exception {
		int each = Repetitions.of(10_000) / lanes;
		QueueBound bound = new QueueBound(most);
		AtomicInteger queued = new AtomicInteger();
		Crowd.run(lanes + 1, (number) -> {
			if (number == 0) {
				for (int i = 0; i < lanes * each; i++) {
					Patience.spinUntil(() -> queued.get() > 0);
					queued.decrementAndGet();
					bound.release(1);
				}
				return;
			}
			for (int left = each; left > 0;) {
				int granted = bound.reserve(Math.min(left, 3));
				queued.addAndGet(granted);
				left -= granted;
				if (granted == 0) {
					AtomicBoolean told = new AtomicBoolean();
					bound.await(() -> told.set(true));
					Patience.spinUntil(told::get);
				}
			}
		});
		assertThat(bound.waiting()).isZero();
	}

	private static QueueBound full(int most) {
		QueueBound bound = new QueueBound(most);
		assertThat(bound.reserve(most)).isEqualTo(most);
		return bound;
	}

}
