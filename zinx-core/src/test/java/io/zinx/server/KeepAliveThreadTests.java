package io.zinx.server;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.testing.CapturedLog;
import io.zinx.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class KeepAliveThreadTests {

	private static final Duration SOON = Duration.ofMillis(1);

	private final BlockingQueue<Thread> rounds = new LinkedBlockingQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	private KeepAliveThread keepAlive = start(SOON, this::round);

	@AfterEach
	void end() {
		this.keepAlive.end();
	}

	@Test
	void keepsTheJvmAliveUnderTheNameOfItsServer() throws Exception {
		Thread thread = nextRound();
		assertThat(thread.isDaemon()).isFalse();
		assertThat(thread.getName()).isEqualTo("kept-keep-alive");
		assertThat(nextRound()).isSameAs(thread);
	}

	@Test
	void endsWhenItIsToldHoweverLongItWouldHaveWaited() throws Exception {
		Thread thread = nextRound();
		this.keepAlive.end();
		assertEnds(thread);
		this.keepAlive = KeepAliveThread.start(TestThreads.named("kept long"), Duration.ofDays(1), this::round);
		Thread waiting = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((candidate) -> candidate.getName().equals("kept long-keep-alive"))
			.findFirst()
			.orElseThrow();
		this.keepAlive.end();
		assertEnds(waiting);
	}

	@Test
	void canBeEndedByWhatItRuns() throws Exception {
		this.keepAlive.end();
		BlockingQueue<KeepAliveThread> self = new LinkedBlockingQueue<>();
		this.keepAlive = start(SOON, () -> {
			round();
			self.remove().end();
		});
		this.rounds.clear();
		self.add(this.keepAlive);
		assertEnds(nextRound());
	}

	@Test
	void survivesWhatItRunsAndSaysSo() throws Exception {
		this.keepAlive.end();
		try (CapturedLog log = new CapturedLog(KeepAliveThread.class)) {
			this.keepAlive = start(SOON, () -> {
				round();
				throw new AssertionError("on purpose");
			});
			assertGoesOn();
			this.keepAlive.end();
			assertThat(log.lines()).isNotEmpty().allMatch((line) -> line.startsWith("[kept] Internal error"));
			assertThat(log.thrown()).contains("java.lang.AssertionError: on purpose");
		}
	}

	@Test
	void survivesInterruptsFromOutsideAndFromWhatItRuns() throws Exception {
		nextRound().interrupt();
		assertGoesOn();
		this.keepAlive.end();
		this.count.set(0);
		this.keepAlive = start(SOON, () -> {
			if (round() < 20) {
				Thread.currentThread().interrupt();
			}
		});
		assertGoesOn();
	}

	@Test
	void anInterruptThatIsLeftBehindCutsNoPeriodShort() throws Exception {
		this.keepAlive.end();
		this.rounds.clear();
		Duration period = Duration.ofMillis(20);
		long begun = System.nanoTime();
		this.keepAlive = start(period, () -> {
			round();
			Thread.currentThread().interrupt();
		});
		for (int i = 0; i < 10; i++) {
			nextRound();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(period.multipliedBy(10));
	}

	private void assertGoesOn() throws InterruptedException {
		this.rounds.clear();
		Thread thread = nextRound();
		for (int i = 0; i < 30; i++) {
			nextRound();
		}
		assertThat(thread.isAlive()).isTrue();
	}

	private static void assertEnds(Thread thread) throws InterruptedException {
		thread.join(TimeUnit.SECONDS.toMillis(30));
		assertThat(thread.isAlive()).isFalse();
	}

	private Thread nextRound() throws InterruptedException {
		Thread thread = this.rounds.poll(30, TimeUnit.SECONDS);
		assertThat(thread).isNotNull();
		return thread;
	}

	private int round() {
		this.rounds.add(Thread.currentThread());
		return this.count.incrementAndGet();
	}

	private static KeepAliveThread start(Duration period, Runnable task) {
		return KeepAliveThread.start(TestThreads.named("kept"), period, task);
	}

}
