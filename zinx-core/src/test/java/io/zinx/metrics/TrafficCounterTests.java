package io.zinx.metrics;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficCounterTests {

	private final TrafficCounter counter = new TrafficCounter(new MessageNumbers(new long[] { 1, 5000 }));

	@Test
	void framesAndBytesAreCountedInEachDirectionByNumber() {
		this.counter.addFrameIn(1, 10);
		this.counter.addFrameIn(1, 20);
		this.counter.addOut(this.counter.place(5000), 3, 300);
		assertThat(this.counter.messagesIn(1)).isEqualTo(2);
		assertThat(this.counter.bytesIn(1)).isEqualTo(30);
		assertThat(this.counter.messagesOut(1)).isZero();
		assertThat(this.counter.messagesOut(5000)).isEqualTo(3);
		assertThat(this.counter.bytesOut(5000)).isEqualTo(300);
		assertThat(this.counter.messagesIn(5000)).isZero();
	}

	@Test
	void whatHasNoRouterIsCountedTogetherAndReadUnderNoNumber() {
		this.counter.addFrameIn(2, 10);
		this.counter.addFrameIn(6000, 20);
		this.counter.addOut(this.counter.place(-1), 0, 7);
		assertThat(this.counter.messagesIn(HandlerCounters.OTHERS)).isEqualTo(2);
		assertThat(this.counter.bytesIn(HandlerCounters.OTHERS)).isEqualTo(30);
		assertThat(this.counter.bytesOut(HandlerCounters.OTHERS)).isEqualTo(7);
		assertThat(this.counter.messagesIn(2)).isZero();
		assertThat(this.counter.bytesIn(6000)).isZero();
	}

	@Test
	void whatIsWrittenIsSummedOverAllNumbersAndTheOthers() {
		this.counter.addOut(this.counter.place(1), 1, 10);
		this.counter.addOut(this.counter.place(5000), 2, 20);
		this.counter.addOut(this.counter.place(2), 4, 40);
		assertThat(this.counter.messagesOut()).isEqualTo(7);
		assertThat(this.counter.bytesOut()).isEqualTo(70);
	}

	@Test
	void whatIsReadIsCountedAsItIsCutWhetherOrNotItIsCountedByNumber() {
		this.counter.addBytesIn(100);
		this.counter.addBytesIn(11);
		this.counter.addMessagesIn(3, 0);
		this.counter.addMessagesIn(2, 5);
		assertThat(this.counter.bytesIn()).isEqualTo(111);
		assertThat(this.counter.messagesIn()).isEqualTo(5);
		assertThat(this.counter.bytesSkipped()).isEqualTo(5);
		assertThat(this.counter.messagesIn(1)).isZero();
	}

	@Test
	void whereNothingIsCountedNothingIs() {
		TrafficCounter off = new TrafficCounter.Off();
		off.addBytesIn(1);
		off.addMessagesIn(1, 1);
		off.addFrameIn(1, 1);
		off.addOut(off.place(1), 1, 1);
		assertThat(Stream.of(off.messagesIn(), off.bytesIn(), off.bytesSkipped(), off.messagesOut(), off.bytesOut(),
				off.messagesIn(HandlerCounters.OTHERS)))
			.containsOnly(0L);
	}

	/**
	 * One event loop adds while another thread reads.
	 */
	@Test
	void whoReadsMeanwhileSeesNumbersThatOnlyGrowAndInTheEndAllOfThem() throws Exception {
		int rounds = 200_000;
		AtomicBoolean done = new AtomicBoolean();
		FutureTask<Long> reader = new FutureTask<>(() -> {
			long[] last = new long[4];
			while (!done.get()) {
				long[] now = { this.counter.messagesIn(), this.counter.bytesIn(), this.counter.bytesOut(),
						this.counter.bytesIn(5000) };
				for (int i = 0; i < now.length; i++) {
					assertThat(now[i]).isGreaterThanOrEqualTo(last[i]);
				}
				last = now;
			}
			return this.counter.bytesOut();
		});
		new Thread(reader).start();
		for (int i = 0; i < rounds; i++) {
			this.counter.addBytesIn(1L << 32);
			this.counter.addMessagesIn(2, 0);
			this.counter.addFrameIn(5000, 3);
			this.counter.addOut(i % 3, 1, 1L << 32);
		}
		done.set(true);
		assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(rounds * (1L << 32));
		assertThat(this.counter.messagesIn()).isEqualTo(2L * rounds);
		assertThat(this.counter.bytesIn(5000)).isEqualTo(3L * rounds);
	}

	@ParameterizedTest
	@CsvSource({ "OFF, 0, false", "OFF, 64, false", "ALL, 0, true", "ALL, 63, true", "SAMPLED, 0, true",
			"SAMPLED, 1, false", "SAMPLED, 32, false", "SAMPLED, 63, false", "SAMPLED, 64, true", "SAMPLED, 65, false",
			"SAMPLED, 9223372036854775744, true" })
	void whichOfTheMessagesIsMeasured(HandlerTiming timing, long before, boolean measured) {
		assertThat(timing.measures(before)).isEqualTo(measured);
	}

	@Test
	void waitsAddUpAndNoneIsLessThanNothing() {
		QueueWait wait = new QueueWait();
		assertThat(wait.millis()).isZero();
		wait.add(Duration.ofMillis(2).toNanos());
		wait.add(-5);
		wait.add(500_000);
		assertThat(wait.measured()).isEqualTo(3);
		assertThat(wait.millis()).isEqualTo(2.5);
	}

}
