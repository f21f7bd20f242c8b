package io.zinx.heartbeat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TimingTests {

	/**
	 * A timing.
	 * @param millis interval, timeout, read, write, all, first message, frame
	 */
	private static Timing timing(int... millis) {
		return new Timing(nanos(millis[0]), nanos(millis[1]), nanos(millis[2]), nanos(millis[3]), nanos(millis[4]),
				nanos(millis[5]), nanos(millis[6]), 0);
	}

	private static long nanos(long millis) {
		return TimeUnit.MILLISECONDS.toNanos(millis);
	}

	@ParameterizedTest
	@EnumSource(HeartbeatMode.class)
	void onlyModeSendBeatsAndOnlyModeOffKnowsNoDeadPeer(HeartbeatMode mode) {
		HeartbeatSettings settings = HeartbeatSettings.builder(mode)
			.interval(Duration.ofSeconds(3))
			.timeout(Duration.ofSeconds(7))
			.jitter(0.25)
			.build();
		Timing timing = Timing.of(settings, IdleSettings.OFF, ReceiveTimeouts.OFF);
		assertThat(timing.interval()).isEqualTo((mode == HeartbeatMode.SEND) ? nanos(3000) : 0);
		assertThat(timing.timeout()).isEqualTo((mode != HeartbeatMode.OFF) ? nanos(7000) : 0);
		assertThat(timing.jitter()).isEqualTo(0.25);
		assertThat(timing.isOff()).isEqualTo(mode == HeartbeatMode.OFF);
	}

	@Test
	void everyDurationIsTakenFromItsSetting() {
		Timing timing = Timing.of(HeartbeatSettings.OFF,
				new IdleSettings(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)),
				new ReceiveTimeouts(Duration.ofMillis(4), Duration.ofMillis(5)));
		assertThat(timing).usingRecursiveComparison().ignoringFields("jitter").isEqualTo(timing(0, 0, 1, 2, 3, 4, 5));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6 })
	void anyOneDurationIsEnoughToWatch(int which) {
		int[] millis = new int[7];
		millis[which] = 1;
		Timing timing = timing(millis);
		assertThat(timing.isOff()).isFalse();
		assertThat(timing.watchesOutput()).as("write or all").isEqualTo(which == 3 || which == 4);
		boolean looks = which >= 1 && which <= 4;
		assertThat(timing.look()).isEqualTo(looks ? nanos(1) / 4 : Long.MAX_VALUE);
	}

	@ParameterizedTest
	@CsvSource({ "1, 10", "160, 10", "161, 10.0625", "800, 50", "1600, 100", "1601, 100", "3600000, 100" })
	void theShortestDurationHasSixteenTicksAsFarAsTicksAreNeitherShortNorLong(int shortest, double tickMillis) {
		long tick = (long) (tickMillis * nanos(1));
		assertThat(timing(0, shortest, 0, 0, 0, 0, 3_600_000).tick()).isEqualTo(tick);
		assertThat(timing(3_600_000, 0, 0, 0, 0, 0, shortest).tick()).isEqualTo(tick);
	}

	@Test
	void whatIsWrittenIsLookedAtFourTimesInTheShortestDurationThatDependsOnIt() {
		assertThat(timing(100, 8000, 9000, 7000, 6000, 200, 300).look()).isEqualTo(nanos(1500));
		assertThat(timing(100, 4000, 9000, 7000, 6000, 200, 300).look()).isEqualTo(nanos(1000));
		assertThat(timing(100, 0, 0, 0, 0, 200, 300).look()).isEqualTo(Long.MAX_VALUE);
	}

	@ParameterizedTest
	@CsvSource({ "0.1", "0.5" })
	void chanceShortensIntervalsByNoMoreThanTheJitter(double jitter) {
		long interval = nanos(5000);
		Timing timing = new Timing(interval, 0, 0, 0, 0, 0, 0, jitter);
		long[] intervals = LongStream.generate(timing::nextInterval).limit(1000).toArray();
		assertThat(LongStream.of(intervals).boxed())
			.allSatisfy((one) -> assertThat(one).isBetween((long) (interval * (1 - jitter)), interval));
		long spread = LongStream.of(intervals).max().orElse(0) - LongStream.of(intervals).min().orElse(0);
		assertThat(spread).isGreaterThan((long) (interval * jitter / 2));
	}

	@Test
	void withoutJitterAllIntervalsAreTheSame() {
		Timing timing = timing(5000, 0, 0, 0, 0, 0, 0);
		assertThat(LongStream.generate(timing::nextInterval).limit(100).distinct().toArray())
			.containsExactly(nanos(5000));
	}

}
