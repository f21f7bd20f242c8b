package io.zinx.outbound;

import java.util.stream.LongStream;

import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.metrics.TrafficCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PerMessageCountsTests {

	private final ServerMetrics metrics = new ServerMetrics();

	private final PerMessageCounts counts = new PerMessageCounts();

	@Test
	void eachNumberGetsWhatHasGatheredSinceTheOneBefore() {
		TrafficCounter traffic = traffic(3);
		this.counts.addUpTo(0, 2, 20);
		this.counts.addUpTo(1, 2, 25);
		this.counts.addUpTo(0, 5, 50);
		this.counts.addUpTo(2, 6, 51);
		this.counts.countTo(traffic);
		assertThat(this.metrics.messagesOut(0)).isEqualTo(2 + 3);
		assertThat(this.metrics.bytesOut(0)).isEqualTo(20 + 25);
		assertThat(this.metrics.messagesOut(1)).isZero();
		assertThat(this.metrics.bytesOut(1)).isEqualTo(5);
		assertThat(this.metrics.messagesOut(2)).isEqualTo(1);
		assertThat(this.metrics.bytesOut(2)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4, 5, 9, 100 })
	void asManyNumbersAsThereAreAreCountedEach(int numbers) {
		TrafficCounter traffic = traffic(numbers);
		long messages = 0;
		for (int round = 0; round < 2; round++) {
			for (int place = numbers - 1; place >= 0; place--) {
				messages += place + 1;
				this.counts.addUpTo(place, messages, 10 * messages);
			}
		}
		this.counts.countTo(traffic);
		for (int place = 0; place < numbers; place++) {
			assertThat(this.metrics.messagesOut(place)).isEqualTo(2L * (place + 1));
			assertThat(this.metrics.bytesOut(place)).isEqualTo(20L * (place + 1));
		}
		assertThat(this.metrics.messagesOut()).isEqualTo(messages);
	}

	@Test
	void moreThanAnIntOfBytesIsCounted() {
		TrafficCounter traffic = traffic(1);
		this.counts.addUpTo(0, 1L << 33, 1L << 40);
		this.counts.countTo(traffic);
		assertThat(this.metrics.messagesOut(0)).isEqualTo(1L << 33);
		assertThat(this.metrics.bytesOut(0)).isEqualTo(1L << 40);
	}

	private TrafficCounter traffic(int numbers) {
		long[] msgIds = LongStream.range(0, numbers).toArray();
		this.metrics.handlers(() -> new HandlerCounters(msgIds, 1, true, HandlerTiming.OFF));
		return this.metrics.newTrafficCounter();
	}

}
