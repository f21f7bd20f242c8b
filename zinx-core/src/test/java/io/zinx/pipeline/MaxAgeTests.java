package io.zinx.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.LateRequests;
import io.zinx.connection.ReadSide;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaxAgeTests {

	private static final DrainPlan PLAN = new DrainPlan(CloseReason.MAX_AGE, Duration.ZERO, Duration.ZERO,
			Duration.ZERO, LateRequests.HANDLE, null);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ChannelConnection connection = TestConnections.accept(this.channel);

	private final List<String> events = new ArrayList<>();

	MaxAgeTests() {
		this.channel.freezeTime();
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private void watch(Duration maxAge, double jitter) {
		ReadSide drained = new DrainedSide();
		this.connection.readSide(drained);
		new MaxAge(maxAge, jitter,
				(who) -> this.events.add("goodbye to " + who.connId() + (who.isOpen() ? "" : ", closed")), PLAN)
			.watch(this.channel, this.connection, drained);
	}

	private void pass(long millis) {
		this.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.channel.runPendingTasks();
	}

	private boolean hasTimer() {
		return this.channel.runScheduledPendingTasks() != -1;
	}

	@Test
	void aConnectionIsToldGoodbyeAndDrainedWhenItIsTooOld() {
		watch(Duration.ofSeconds(60), 0);
		pass(59_999);
		assertThat(this.events).isEmpty();
		pass(1);
		assertThat(this.events).containsExactly("goodbye to 1", "drain max-age");
		pass(600_000);
		assertThat(this.events).hasSize(2);
	}

	@Test
	void withoutAMaximumNothingIsWatched() {
		watch(Duration.ZERO, 0.5);
		assertThat(hasTimer()).isFalse();
	}

	@Test
	void whoIsAboutToCloseIsToldNothing() {
		watch(Duration.ofSeconds(60), 0);
		this.connection.close(CloseReason.KICKED);
		this.channel.advanceTimeBy(60, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.events).isEmpty();
	}

	@Test
	void nothingIsKeptOfAConnectionThatIsClosed() {
		watch(Duration.ofDays(30), 0.1);
		assertThat(hasTimer()).isTrue();
		this.channel.pipeline().close();
		this.channel.runPendingTasks();
		assertThat(hasTimer()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.001, 0.1, 0.5 })
	void chanceTakesAwayAPartOfTheAgeUpToTheJitter(double jitter) {
		long age = Duration.ofSeconds(60).toNanos();
		Set<Long> ages = new HashSet<>();
		for (int i = 0; i < 200; i++) {
			EmbeddedChannel one = new EmbeddedChannel();
			one.freezeTime();
			new MaxAge(Duration.ofNanos(age), jitter, (who) -> {
			}, PLAN).watch(one, this.connection, new DrainedSide());
			ages.add(one.runScheduledPendingTasks());
			one.close();
		}
		assertThat(ages).hasSizeGreaterThan(100)
			.allSatisfy((one) -> assertThat(one).isBetween((long) (age * (1 - jitter)) - 1, age));
		long longest = ages.stream().mapToLong(Long::longValue).max().orElse(0);
		long shortest = ages.stream().mapToLong(Long::longValue).min().orElse(0);
		assertThat(longest - shortest).isGreaterThan((long) (age * jitter / 2));
	}

	private final class DrainedSide implements ReadSide {

		@Override
		public void congested() {
		}

		@Override
		public void relieved() {
		}

		@Override
		public void stopReading() {
		}

		@Override
		public void drain(DrainPlan plan) {
			MaxAgeTests.this.events.add("drain " + plan.reason());
		}

		@Override
		public void linger() {
		}

		@Override
		public void discard() {
		}

	}

}
