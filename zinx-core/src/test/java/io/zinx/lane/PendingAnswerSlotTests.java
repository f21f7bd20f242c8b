package io.zinx.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.zinx.metrics.DropReason;
import io.zinx.routing.PendingAnswer;
import io.zinx.routing.Routes.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PendingAnswerSlotTests {

	private final LaneFixture fixture = new LaneFixture().asyncTimeout(Duration.ofSeconds(10));

	private final HandlerInvoker handling = this.fixture.handling();

	private final PendingAnswerSlot slot = new PendingAnswerSlot(this.handling);

	private final List<String> done = new ArrayList<>();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void withoutAnAnswerThereIsNothingToWaitFor() {
		assertThat(this.slot.isThere()).isFalse();
		assertThat(this.slot.take()).isTrue();
		follow();
		PendingAnswerSlot.giveUp(this.slot);
		PendingAnswerSlot.giveUp(null);
		this.fixture.runLoop();
		assertThat(this.done).isEmpty();
	}

	@Test
	void anAnswerIsTakenOnceItIsDoneAndCountsOnce() {
		CompletableFuture<String> stage = ask();
		assertThat(this.slot.isThere()).isTrue();
		assertThat(this.slot.take()).isFalse();
		stage.completeExceptionally(new IllegalStateException("on purpose"));
		assertThat(this.slot.take()).isTrue();
		assertThat(this.slot.isThere()).isFalse();
		assertThat(this.slot.take()).isTrue();
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
	}

	@Test
	void whoAsksForTheEndHearsOfItOnTheEventLoopOnce() {
		CompletableFuture<String> stage = ask();
		follow();
		follow();
		stage.complete("answer");
		assertThat(this.done).isEmpty();
		this.fixture.runLoop();
		assertThat(this.done).hasSize(1);
	}

	@Test
	void anAnswerThatHasComeLeavesNoTimerBehind() {
		CompletableFuture<String> stage = ask();
		follow();
		assertThat(this.fixture.channel.runScheduledPendingTasks()).isPositive();
		stage.complete("answer");
		this.fixture.runLoop();
		assertThat(this.fixture.channel.runScheduledPendingTasks()).isEqualTo(-1);
	}

	@Test
	void whoAsksAgainWhenItIsDoneHearsAtOnce() {
		CompletableFuture<String> stage = ask();
		follow();
		stage.complete("answer");
		this.fixture.runLoop();
		assertThat(this.done).hasSize(1);
		follow();
		assertThat(this.done).hasSize(2);
	}

	@Test
	void eachAnswerHasItsOwnTimeFromWhenItsEndIsAskedFor() {
		CompletableFuture<String> first = ask();
		follow();
		pass(9_000);
		first.complete("answer");
		this.fixture.runLoop();
		assertThat(this.slot.take()).isTrue();
		ask();
		follow();
		pass(9_999);
		assertThat(this.slot.take()).isFalse();
		pass(1);
		assertThat(this.done).hasSize(2);
		assertThat(this.slot.take()).isTrue();
		assertThat(this.fixture.metrics.handlerFailures()).isEqualTo(1);
	}

	@Test
	void whenTheServerHasStoppedTheAnswerFailsAndNobodyGoesOn() {
		ask();
		follow();
		this.handling.stop();
		PendingAnswerSlot.giveUp(this.slot);
		this.fixture.runLoop();
		assertThat(this.done).isEmpty();
		assertThat(this.slot.take()).isTrue();
		assertThat(this.fixture.metrics.dropped(DropReason.SERVER_STOPPING)).isEqualTo(1);
		assertThat(this.fixture.metrics.handlerFailures()).isZero();
	}

	private CompletableFuture<String> ask() {
		Outcome outcome = this.handling.routes()
			.handle(this.fixture.connection, 2, Unpooled.EMPTY_BUFFER, 0, 0, (PendingAnswer answer) -> {
				this.slot.await(answer);
			});
		assertThat(outcome).isEqualTo(Outcome.WAITING);
		return this.fixture.answers.get(this.fixture.answers.size() - 1);
	}

	private void follow() {
		this.slot.follow(this.fixture.channel.eventLoop(), () -> this.done.add("done"));
	}

	private void pass(long millis) {
		this.fixture.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.fixture.runLoop();
	}

}
