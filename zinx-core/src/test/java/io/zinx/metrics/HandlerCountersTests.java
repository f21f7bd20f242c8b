package io.zinx.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerCountersTests {

	@Test
	void countsByNumberAndTheOthersTogether() {
		HandlerCounters counters = new HandlerCounters(new long[] { 1, 7, 4294967295L }, 2, true, HandlerTiming.ALL);
		handle(counters, 1, 1, HandlerOutcome.SUCCESS);
		handle(counters, 2, 1, HandlerOutcome.FAILURE);
		handle(counters, 3, 4294967295L, HandlerOutcome.SUCCESS);
		handle(counters, 3, 2, HandlerOutcome.SUCCESS);
		handle(counters, 4, 8, HandlerOutcome.FAILURE);
		counters.stripe(4).end(7, HandlerOutcome.FAILURE, 3_000_000);
		counters.stripe(4).end(7, HandlerOutcome.SUCCESS, 1_000_000);
		assertThat(counters.handled(1)).isEqualTo(2);
		assertThat(counters.handled(1, HandlerOutcome.FAILURE)).isOne();
		assertThat(counters.handled(1, HandlerOutcome.SUCCESS)).isOne();
		assertThat(counters.measured(1, HandlerOutcome.SUCCESS)).isOne();
		assertThat(counters.measured(1, HandlerOutcome.FAILURE)).isOne();
		assertThat(counters.handled(4294967295L)).isOne();
		assertThat(counters.handled(7, HandlerOutcome.FAILURE)).isOne();
		assertThat(counters.handled(HandlerCounters.OTHERS)).isEqualTo(2);
		assertThat(counters.handled(HandlerCounters.OTHERS, HandlerOutcome.FAILURE)).isOne();
		assertThat(counters.measuredNanos(1, HandlerOutcome.FAILURE)).isPositive();
		assertThat(counters.measuredNanos(7, HandlerOutcome.FAILURE)).isEqualTo(3_000_000);
		assertThat(counters.measuredNanos(7, HandlerOutcome.SUCCESS)).isEqualTo(1_000_000);
		counters.stripe(4).end(7, HandlerOutcome.HANDLED, 5_000_000);
		assertThat(counters.handled(7, HandlerOutcome.HANDLED)).isOne();
		assertThat(counters.measured(7, HandlerOutcome.HANDLED)).isOne();
		assertThat(counters.measuredNanos(7, HandlerOutcome.HANDLED)).isEqualTo(5_000_000);
		assertThat(counters.handled(7)).isEqualTo(3);
		assertThat(counters.meanMillis(7)).isEqualTo(3);
		assertThat(counters.longestMillis(7)).isEqualTo(5);
		assertThat(counters.meanMillis(4294967295L)).isPositive();
	}

	@Test
	void listenersHearWhatIsMeasured() {
		HandlerCounters counters = new HandlerCounters(new long[] { 1 }, 1, true, HandlerTiming.ALL);
		List<String> heard = new ArrayList<>();
		counters.stripe(1).end(1, HandlerOutcome.SUCCESS, 1);
		counters.onMeasured((msgId, outcome, nanos) -> heard.add(msgId + " " + outcome + " " + nanos));
		counters.onMeasured((msgId, outcome, nanos) -> heard.add("second " + nanos));
		counters.stripe(1).end(1, HandlerOutcome.SUCCESS, 20);
		counters.stripe(1).end(77, HandlerOutcome.HANDLED, 30);
		counters.stripe(1).end(1, HandlerOutcome.FAILURE, 0);
		assertThat(heard).containsExactly("1 SUCCESS 20", "second 20", "77 HANDLED 30", "second 30");
	}

	@Test
	void measuresOneMessageIn64() {
		assertThat(measured(HandlerTiming.SAMPLED)).isEqualTo(10);
		assertThat(measured(HandlerTiming.ALL)).isEqualTo(640);
		assertThat(measured(HandlerTiming.OFF)).isZero();
	}

	private static long measured(HandlerTiming timing) {
		HandlerCounters counters = new HandlerCounters(new long[] { 1 }, 1, true, timing);
		for (int i = 0; i < 640; i++) {
			handle(counters, 1, 1, HandlerOutcome.SUCCESS);
		}
		assertThat(counters.handled(1)).isEqualTo(640);
		return counters.measured(1, HandlerOutcome.SUCCESS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16 })
	void losesNothingWhereThreadsCountTogether(int stripes) throws Exception {
		HandlerCounters counters = new HandlerCounters(new long[] { 1 }, stripes, false, HandlerTiming.SAMPLED);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			threads.add(new Thread(() -> {
				for (int connId = 1; connId <= 10_000; connId++) {
					handle(counters, connId, 1, (connId % 10 == 0) ? HandlerOutcome.FAILURE : HandlerOutcome.SUCCESS);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(counters.handled(1)).isEqualTo(40_000);
		assertThat(counters.handled(1, HandlerOutcome.FAILURE)).isEqualTo(4_000);
	}

	private static void handle(HandlerCounters counters, long connId, long msgId, HandlerOutcome outcome) {
		HandlerStripe stripe = counters.stripe(connId);
		stripe.end(msgId, outcome, HandlerCounters.nanosSince(stripe.begin()));
	}

	@Test
	void threadsThatHaveEndedLeaveOneStripeBehindAndAllThatTheyHaveCounted() throws InterruptedException {
		HandlerCounters counters = HandlerCounters.ofThreads(new long[] { 1 }, HandlerTiming.ALL);
		ThreadFactory eventLoops = new DefaultThreadFactory("counting");
		for (int i = 1; i <= 20; i++) {
			long nanos = 1_000_000L * ((i == 7) ? 50 : 1);
			Thread thread = eventLoops.newThread(() -> {
				counters.stripe(1).end(1, HandlerOutcome.SUCCESS, nanos);
				counters.stripe(1).end(1, HandlerOutcome.FAILURE, 3);
			});
			thread.start();
			thread.join();
			assertThat(counters.handled(1, HandlerOutcome.SUCCESS)).isEqualTo(i);
			assertThat(counters.handled(1, HandlerOutcome.FAILURE)).isEqualTo(i);
		}
		assertThat(counters.measuredNanos(1, HandlerOutcome.FAILURE)).isEqualTo(60);
		assertThat(counters.longestMillis(1)).isEqualTo(50);
		assertThat(counters).extracting("stripes.all", InstanceOfAssertFactories.ARRAY).hasSize(1);
	}

	@Test
	void countsWhatEachThreadHasHandledInAStripeOfItsOwn() throws InterruptedException {
		HandlerCounters counters = HandlerCounters.ofThreads(new long[] { 1 }, HandlerTiming.OFF);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Thread thread = new Thread(() -> {
				for (int message = 0; message < 100_000; message++) {
					counters.stripe(message)
						.end(1, (message % 10 == 0) ? HandlerOutcome.FAILURE : HandlerOutcome.SUCCESS, 0);
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(counters.handled(1)).isEqualTo(400_000);
		assertThat(counters.handled(1, HandlerOutcome.FAILURE)).isEqualTo(40_000);
	}

}
