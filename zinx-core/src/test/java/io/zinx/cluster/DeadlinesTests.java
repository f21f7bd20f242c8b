package io.zinx.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlinesTests {

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

	private final Deadlines deadlines = new Deadlines(this.scheduler, System::nanoTime, Duration.ofMillis(50));

	private final List<Integer> expired = new CopyOnWriteArrayList<>();

	@AfterEach
	void end() {
		this.scheduler.shutdownNow();
	}

	private Deadlines.Waiting waiting(int number) {
		return () -> this.expired.add(number);
	}

	@Test
	void whatIsNotRemovedExpiresInOrderAndNotTooEarly() {
		long start = System.nanoTime();
		Deadlines.Waiting answered = waiting(-1);
		IntStream.range(0, 100).forEach((i) -> this.deadlines.add(waiting(i)));
		this.deadlines.add(answered);
		this.deadlines.remove(answered);
		TestNode.await(() -> this.expired.size() == 100);
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
		assertThat(this.expired).isSorted().doesNotContain(-1);
		assertThat(this.deadlines.size()).isZero();
	}

	@Test
	void thereIsATimerOnlyWhileSomethingWaits() {
		assertThat(this.scheduler.getQueue()).isEmpty();
		Deadlines.Waiting first = waiting(1);
		this.deadlines.add(first);
		this.deadlines.add(waiting(2));
		assertThat(this.scheduler.getQueue()).hasSize(1);
		TestNode.await(() -> this.expired.size() == 2);
		TestNode.await(() -> this.scheduler.getQueue().isEmpty() && this.scheduler.getActiveCount() == 0);
		this.deadlines.add(waiting(3));
		TestNode.await(() -> this.expired.size() == 3);
	}

	@Test
	void allExpireAtTheEnd() {
		this.deadlines.add(waiting(1));
		this.deadlines.add(waiting(2));
		this.deadlines.expireAll();
		assertThat(this.expired).containsExactly(1, 2);
		assertThat(this.deadlines.size()).isZero();
	}

}
