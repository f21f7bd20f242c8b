package io.zinx.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.metrics.HandlerTiming;
import io.zinx.routing.PendingAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerInvokerTests {

	private final LaneFixture fixture = new LaneFixture();

	private final List<PendingAnswer> awaited = new ArrayList<>();

	private final HandlerCounters counters = new HandlerCounters(new long[] { 1, 2, 3 }, 1, true, HandlerTiming.ALL);

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void messagesAreCountedByNumberAndByWhatCameOfThem() {
		HandlerInvoker handling = counting(Duration.ZERO);
		handle(handling, 1);
		handle(handling, 1);
		handle(handling, 3);
		handle(handling, 77);
		assertThat(this.counters.handled(1, HandlerOutcome.SUCCESS)).isEqualTo(2);
		assertThat(this.counters.handled(3, HandlerOutcome.FAILURE)).isEqualTo(1);
		assertThat(this.counters.handled(3, HandlerOutcome.SUCCESS)).isZero();
		assertThat(this.counters.handled(HandlerCounters.OTHERS)).as("a dropped message is not handled").isZero();
		assertThat(this.counters.measured(1, HandlerOutcome.SUCCESS)).isEqualTo(2);
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
		assertThat(this.fixture.metrics.dropped(DropReason.NO_ROUTER)).isEqualTo(1);
	}

	@Test
	void failuresAndUnknownMessagesCountAlsoWhereMessagesDoNot() {
		HandlerInvoker handling = this.fixture.handling();
		handle(handling, 3);
		handle(handling, 77);
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
		assertThat(this.fixture.metrics.dropped(DropReason.NO_ROUTER)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "false", "true" })
	void aMessageWhoseAnswerComesLaterCountsWhenThatIsDone(boolean fails) {
		HandlerInvoker handling = counting(Duration.ZERO);
		handle(handling, 2);
		assertThat(this.counters.handled(2)).isZero();
		CompletableFuture<String> stage = this.fixture.answers.get(0);
		assertThat(fails ? stage.completeExceptionally(new IllegalStateException("on purpose")) : stage.complete(""))
			.isTrue();
		handling.answered(this.awaited.get(0));
		HandlerOutcome outcome = fails ? HandlerOutcome.FAILURE : HandlerOutcome.SUCCESS;
		assertThat(this.counters.handled(2, outcome)).isEqualTo(1);
		assertThat(this.counters.measured(2, outcome)).isEqualTo(1);
		assertThat(this.counters.handled(2)).isEqualTo(1);
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(fails ? 1 : 0);
	}

	@Test
	void aMessageWithoutARouterIsDroppedAlsoIfAnInterceptorAnswersItLater() {
		CompletableFuture<String> later = new CompletableFuture<>();
		this.fixture.routes.interceptor((request, chain) -> {
			request.answerLater(later);
			chain.proceed(request);
		});
		HandlerInvoker handling = counting(Duration.ZERO);
		handle(handling, 77);
		later.complete("");
		handling.answered(this.awaited.get(0));
		assertThat(this.fixture.metrics.dropped(DropReason.NO_ROUTER)).isEqualTo(1);
		assertThat(this.counters.handled(HandlerCounters.OTHERS)).isZero();
	}

	@Test
	void theWaitForAnAnswerIsNoTimeOfTheHandler() {
		HandlerInvoker handling = counting(Duration.ZERO);
		handle(handling, 2);
		long handler = this.awaited.get(0).handlerNanos();
		assertThat(handler).isPositive();
		this.fixture.answers.get(0).complete("");
		handling.answered(this.awaited.get(0));
		assertThat(this.counters.measuredNanos(2, HandlerOutcome.SUCCESS)).isEqualTo(handler);
	}

	@Test
	void anAnswerWithoutATimeLimitNeverExpires() {
		HandlerInvoker handling = counting(Duration.ZERO);
		this.fixture.channel.freezeTime();
		handle(handling, 2);
		assertThat(handling.expireInTime(this.awaited.get(0), this.fixture.channel.eventLoop()).isDone()).isTrue();
		pass(TimeUnit.DAYS.toMillis(365));
		assertThat(this.awaited.get(0).isDone()).isFalse();
	}

	@Test
	void anAnswerExpiresInTimeUnlessThatIsCancelled() {
		HandlerInvoker handling = counting(Duration.ofMillis(1500));
		this.fixture.channel.freezeTime();
		handle(handling, 2);
		handle(handling, 2);
		handling.expireInTime(this.awaited.get(0), this.fixture.channel.eventLoop());
		Future<?> second = handling.expireInTime(this.awaited.get(1), this.fixture.channel.eventLoop());
		pass(1499);
		assertThat(this.awaited.get(0).isDone()).isFalse();
		second.cancel(false);
		pass(1);
		assertThat(this.awaited).extracting(PendingAnswer::isDone).containsExactly(true, false);
	}

	@Test
	void whateverATaskThrowsCountsAsAFailureAndGoesNoFurther() {
		HandlerInvoker handling = this.fixture.handling();
		handling.execute(this.fixture.connection, () -> {
			throw new StackOverflowError("on purpose");
		});
		handling.execute(this.fixture.connection, () -> {
			throw new Unspeakable();
		});
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(2);
	}

	@Test
	void itKnowsTheLanesThatWaitAndTellsThemToGiveUp() {
		HandlerInvoker handling = this.fixture.handling();
		List<String> told = new ArrayList<>();
		WaitingLane first = () -> told.add("first");
		WaitingLane second = () -> told.add("second");
		assertThat(handling.hasWaiting()).isFalse();
		handling.waits(first);
		handling.waits(second);
		handling.waitsNoLonger(first);
		assertThat(handling.hasWaiting()).isTrue();
		assertThat(handling.isWaiting(first)).isFalse();
		assertThat(handling.isWaiting(second)).isTrue();
		handling.giveUpWaiting();
		assertThat(told).containsExactly("second");
		handling.waitsNoLonger(second);
		assertThat(handling.hasWaiting()).isFalse();
	}

	@Test
	void howLongBatchesWaitedIsCounted() {
		HandlerInvoker handling = this.fixture.handling();
		handling.waited(2_000_000);
		handling.waited(1_000_000);
		assertThat(this.fixture.metrics.queueWait().measured()).isEqualTo(2);
		assertThat(this.fixture.metrics.queueWait().millis()).isEqualTo(3.0);
	}

	@Test
	void aListenerThatThrowsKeepsNoHookFromTheOthers() {
		Hooks hooks = new Hooks(List.of(new Thrower(), new HookNotes(this.fixture.calls)), () -> {
		});
		hooks.onWritabilityChanged(this.fixture.connection, false);
		assertThat(this.fixture.connection.isOpen()).isTrue();
		hooks.onStart(this.fixture.connection);
		assertThat(this.fixture.connection.closeReason()).isEqualTo(CloseReason.INTERNAL_ERROR);
		hooks.onStop(this.fixture.connection);
		assertThat(this.fixture.calls).containsExactly("writable false", "start", "stop internal-error");
	}

	@Test
	void anInterruptEndsWithTheMessageTaskOrHookThatHasLeftItBehind() {
		List<Boolean> interrupted = new ArrayList<>();
		this.fixture.inside((text) -> interruptMyself(interrupted));
		HandlerInvoker handling = this.fixture.listener(new Interrupter(interrupted))
			.listener(new Interrupter(interrupted))
			.handling();
		handle(handling, 1);
		handle(handling, 3);
		handling.execute(this.fixture.connection, () -> interruptMyself(interrupted));
		handling.execute(this.fixture.connection, () -> {
			interruptMyself(interrupted);
			throw new IllegalStateException("on purpose");
		});
		handling.hooks().onStart(this.fixture.connection);
		handling.hooks().onWritabilityChanged(this.fixture.connection, false);
		handling.hooks().onStop(this.fixture.connection);
		interrupted.add(Thread.interrupted());
		assertThat(interrupted).hasSize(11).containsOnly(false);
	}

	@Test
	void anInterruptStaysOnceTheServerStops() {
		HandlerInvoker handling = this.fixture.handling();
		this.fixture.inside((text) -> {
			handling.stop();
			Thread.currentThread().interrupt();
		});
		handle(handling, 1);
		assertThat(Thread.interrupted()).isTrue();
	}

	private static void interruptMyself(List<Boolean> before) {
		before.add(Thread.currentThread().isInterrupted());
		Thread.currentThread().interrupt();
	}

	private HandlerInvoker counting(Duration asyncTimeout) {
		return new HandlerInvoker(this.fixture.routes.close(), List.of(), this.fixture.metrics, this.counters, 10,
				asyncTimeout);
	}

	private void handle(HandlerInvoker handling, long msgId) {
		handling.handle(this.fixture.connection, msgId, Unpooled.EMPTY_BUFFER, 0, 0, this.awaited::add);
	}

	private void pass(long millis) {
		this.fixture.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.fixture.runLoop();
	}

	private static final class Thrower implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			throw new IllegalStateException("on purpose");
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			throw new StackOverflowError("on purpose");
		}

		@Override
		public void onWritabilityChanged(Connection connection, boolean writable) {
			throw new Unspeakable();
		}

	}

	/**
	 * An exception that cannot be logged.
	 */
	private static final class Unspeakable extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("on purpose");
		}

	}

	/**
	 * Leaves an interrupt behind in each hook.
	 */
	private record Interrupter(List<Boolean> before) implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			interruptMyself(this.before);
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			interruptMyself(this.before);
		}

		@Override
		public void onWritabilityChanged(Connection connection, boolean writable) {
			interruptMyself(this.before);
		}

	}

}
