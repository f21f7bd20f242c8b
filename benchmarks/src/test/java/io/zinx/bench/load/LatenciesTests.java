package io.zinx.bench.load;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

class LatenciesTests {

	private final Latencies latencies = new Latencies();

	@Test
	void findsPercentilesOfAnEvenSpread() {
		for (int micros = 1; micros <= 100_000; micros++) {
			this.latencies.record(micros * 1000L, 1);
		}
		assertThat(this.latencies.micros(0.5)).isCloseTo(50_000, withinPercentage(2));
		assertThat(this.latencies.micros(0.99)).isCloseTo(99_000, withinPercentage(2));
	}

	@Test
	void countsWhatWasRecordedSeveralTimes() {
		this.latencies.record(1_000_000, 98);
		this.latencies.record(5_000_000, 2);
		assertThat(this.latencies.micros(0.5)).isCloseTo(1000, withinPercentage(2));
		assertThat(this.latencies.micros(0.99)).isCloseTo(5000, withinPercentage(2));
	}

	@Test
	void tellsTinyAndHugeTimesApart() {
		this.latencies.record(0, 1);
		this.latencies.record(Long.MAX_VALUE, 1);
		assertThat(this.latencies.micros(0)).isZero();
		assertThat(this.latencies.micros(0.5)).isCloseTo(Long.MAX_VALUE / 1000.0, withinPercentage(2));
	}

	@Test
	void forgetsWhatItIsToldToForget() {
		this.latencies.record(1_000_000, 5);
		this.latencies.clear();
		assertThat(this.latencies.micros(0.5)).isZero();
	}

}
