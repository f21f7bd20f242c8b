package io.zinx.routing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.zinx.routing.Routes.Outcome;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PendingAnswerTests {

	private final RoutingFixture fixture = new RoutingFixture();

	private final List<String> calls = this.fixture.calls;

	private final CapturedLog log = new CapturedLog(Routes.class);

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test
	void anAnswerThatIsThereIsNotWaitedFor() {
		assertThat(handle(CompletableFuture.completedFuture("value"))).isEqualTo(Outcome.HANDLED);
		assertThat(handle(CompletableFuture.failedFuture(new IllegalStateException("on purpose"))))
			.isEqualTo(Outcome.FAILED);
		assertThat(this.fixture.awaited()).isEmpty();
		assertThat(this.log.thrown()).containsExactly("java.lang.IllegalStateException: on purpose");
	}

	@Test
	void anAnswerThatComesLaterIsWaitedForAndSaysWhoIsAnswered() {
		CompletableFuture<String> stage = new CompletableFuture<>();
		PendingAnswer answer = pending(stage);
		assertThat(answer.isDone()).isFalse();
		assertThat(answer.msgId()).isEqualTo(1);
		assertThat(answer.connection()).isSameAs(this.fixture.connection.connection());
		stage.complete("value");
		assertThat(answer.isDone()).isTrue();
		assertThat(answer.outcome()).isEqualTo(Outcome.HANDLED);
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void anAnswerWhoseFailureWasHandledIsNoSuccess() {
		CompletableFuture<String> stage = new CompletableFuture<>();
		this.fixture.registry.add(5, (request) -> request.answerLater(stage.exceptionally((ex) -> {
			request.handledFailure(ex);
			return "an error reply";
		})));
		assertThat(this.fixture.handle(5, "")).isEqualTo(Outcome.WAITING);
		stage.completeExceptionally(new IllegalStateException("on purpose"));
		assertThat(this.fixture.awaited().get(0).outcome()).isEqualTo(Outcome.RECOVERED);
		assertThat(this.log.lines()).isEmpty();
	}

	@Test
	void whatHappensFirstCounts() {
		CompletableFuture<String> early = new CompletableFuture<>();
		PendingAnswer answered = pending(early);
		early.complete("value");
		answered.expire("too late to expire");
		assertThat(answered.outcome()).isEqualTo(Outcome.HANDLED);
		CompletableFuture<String> late = new CompletableFuture<>();
		PendingAnswer expired = pending(late);
		expired.expire("No answer in time");
		expired.expire("expired again");
		late.completeExceptionally(new IllegalStateException("comes too late"));
		assertThat(expired.isDone()).isTrue();
		assertThat(expired.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.log.thrown()).containsExactly("java.util.concurrent.TimeoutException: No answer in time");
	}

	@Test
	void aFailureIsLoggedWithWhoFailedOnWhat() {
		CompletableFuture<String> stage = new CompletableFuture<>();
		PendingAnswer answer = pending(stage.thenApply(String::trim));
		stage.completeExceptionally(new IllegalStateException("on purpose"));
		assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.log.lines()).singleElement()
			.asString()
			.isEqualTo("Router later failed on message 1 of connection 7 (0 more since the last such line)");
		assertThat(this.log.thrown()).containsExactly("java.lang.IllegalStateException: on purpose");
	}

	@Test
	void aFailureWithoutACauseIsItsOwn() {
		CompletableFuture<String> stage = new CompletableFuture<>();
		PendingAnswer answer = pending(stage);
		stage.completeExceptionally(new CompletionException("alone", null));
		assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.log.thrown()).containsExactly("java.util.concurrent.CompletionException: alone");
	}

	@Test
	void aStageThatThrowsWhenItIsAskedHasFailed() {
		CompletableFuture<String> broken = new CompletableFuture<>() {
			@Override
			public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
				throw new UnsupportedOperationException("on purpose");
			}
		};
		assertThat(handle(broken)).isEqualTo(Outcome.FAILED);
		assertThat(this.log.thrown()).containsExactly("java.lang.UnsupportedOperationException: on purpose");
	}

	@Test
	void whoeverWaitsIsCalledByTheThreadThatAnswersOrAtOnceIfItIsDone() throws Exception {
		CompletableFuture<String> stage = new CompletableFuture<>();
		PendingAnswer answer = pending(stage);
		answer.onDone(() -> this.calls.add("waited on " + Thread.currentThread().getName()));
		assertThat(this.calls).isEmpty();
		Thread answering = new Thread(() -> stage.complete("value"), "answering");
		answering.start();
		answering.join();
		answer.onDone(() -> this.calls.add("at once on " + Thread.currentThread().getName()));
		assertThat(this.calls).containsExactly("waited on answering", "at once on " + Thread.currentThread().getName());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoeverWaitsIsCalledOnceAlthoughItIsAnsweredAndExpiresAtOnce(boolean stageFails) throws Exception {
		for (int round = 0; round < 200; round++) {
			CompletableFuture<String> stage = new CompletableFuture<>();
			PendingAnswer answer = pending(stage);
			AtomicInteger called = new AtomicInteger();
			answer.onDone(called::incrementAndGet);
			Thread expiring = new Thread(() -> answer.expire("expired"));
			expiring.start();
			if (stageFails) {
				stage.completeExceptionally(new IllegalStateException("failed"));
			}
			else {
				stage.complete("value");
			}
			expiring.join();
			assertThat(called).hasValue(1);
			assertThat(answer.outcome()).isEqualTo(answer.outcome());
		}
	}

	@Test
	void howLongItsHandlerTookIsKeptForWhoCountsIt() {
		PendingAnswer answer = pending(new CompletableFuture<>());
		assertThat(answer.handlerNanos()).isZero();
		answer.handledIn(42);
		answer.expire("whatever");
		assertThat(answer.handlerNanos()).isEqualTo(42);
	}

	/**
	 * An interceptor and a router that both answer later.
	 */
	@Test
	void theAnswersOfInterceptorAndRouterAreBothWaitedFor() {
		CompletableFuture<String> first = new CompletableFuture<>();
		CompletableFuture<String> second = new CompletableFuture<>();
		this.fixture.registry.add(1, (request) -> request.answerLater(first), "router")
			.interceptor((request, chain) -> {
				chain.onHandled((failure) -> this.calls.add("told " + failure));
				chain.proceed(request);
				request.answerLater(second);
			});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.WAITING);
		PendingAnswer answer = this.fixture.awaited().get(0);
		second.complete("value");
		assertThat(answer.isDone()).isFalse();
		assertThat(this.calls).isEmpty();
		first.completeExceptionally(new IllegalStateException("on purpose"));
		assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("told java.lang.IllegalStateException: on purpose");
	}

	@Test
	void whatAnInterceptorThrowsBehindAnAnswerThatComesLaterFailsTheMessageAtOnce() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.fixture.registry.add(1, (request) -> request.answerLater(answer), "router")
			.interceptor((request, chain) -> {
				chain.proceed(request);
				throw new IllegalStateException("on purpose");
			});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.fixture.awaited()).isEmpty();
		assertThat(this.log.lines()).singleElement()
			.asString()
			.startsWith("Interceptor ")
			.contains("failed on message 1 of connection 7");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anAnswerOfWhatRecoveryHasCaughtIsNotWaitedFor(boolean intercepted) {
		this.fixture.registry.use(Middlewares.recovery()).add(1, (request) -> {
			request.answerLater(new CompletableFuture<>());
			throw new IllegalStateException("on purpose");
		});
		if (intercepted) {
			this.fixture.registry.interceptor((request, chain) -> chain.proceed(request));
		}
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.fixture.awaited()).isEmpty();
	}

	private PendingAnswer pending(CompletionStage<?> stage) {
		int before = this.fixture.awaited().size();
		assertThat(handle(stage)).isEqualTo(Outcome.WAITING);
		assertThat(this.fixture.awaited()).hasSize(before + 1);
		return this.fixture.awaited().get(before);
	}

	private Outcome handle(CompletionStage<?> stage) {
		RouteRegistry registry = new RouteRegistry().add(1, (request) -> request.answerLater(stage), "later");
		return this.fixture.handle(registry, 1, "");
	}

}
