package io.zinx.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.zinx.routing.Routes.Outcome;
import io.zinx.routing.RoutingFixture.NotingRouter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MiddlewareTests {

	private final RoutingFixture fixture = new RoutingFixture();

	private final RouteRegistry registry = this.fixture.registry;

	private final List<String> calls = this.fixture.calls;

	@Test
	@SuppressWarnings("NullAway")
	void middlewareIsRegisteredWholeOrNotAtAll() {
		assertThatNullPointerException().isThrownBy(() -> this.registry.use(this.fixture.note("half"), null));
		assertThatNullPointerException()
			.isThrownBy(() -> this.registry.group(1, 9).use(this.fixture.note("half"), null));
		this.registry.add(1, this.fixture.note("router")::handle);
		this.fixture.handle(1, "");
		assertThat(this.fixture.calls).containsExactly("router");
	}

	@Test
	void runsFunctionsInOrderAlsoIfNoneCallsNext() {
		this.registry.add(1, "functions", this.fixture.note("a"), this.fixture.note("b"), this.fixture.note("c"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("a", "b", "c");
	}

	@Test
	void middlewareOfARangeRunsForItsNumbersOnly() {
		this.registry.use(10, 19, this.fixture.around("ten")).use(this.fixture.note("all"));
		this.registry.add(9, this.fixture.note("9")::handle).add(10, this.fixture.note("10")::handle);
		this.registry.range(15, 25, this.fixture.note("range")::handle, "range");
		this.registry.fallback(this.fixture.note("fallback")::handle);
		for (long msgId : new long[] { 9, 10, 19, 20, 26, 11 }) {
			this.fixture.handle(msgId, "");
		}
		assertThat(this.calls).containsExactly("all", "9", "ten in", "all", "10", "ten out", "ten in", "all", "range",
				"ten out", "all", "range", "all", "fallback", "ten in", "all", "fallback", "ten out");
	}

	@Test
	void aRouterOutsideTheRangeOfMiddlewareStaysAsItIs() {
		this.registry.use(10, 19, this.fixture.note("ten"));
		NotingRouter router = this.fixture.router();
		this.registry.add(20, router);
		Route route = this.registry.snapshot().find(20);
		assertThat(route).isNotNull();
		assertThat(route.router()).isSameAs(router);
	}

	@Test
	void whatIsNoRangeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.use(19, 10, this.fixture.note("ten")))
			.withMessageContaining("19 to 10");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.registry.interceptor(-1, 10, (request, chain) -> chain.proceed(request)));
	}

	@Test
	void nextRunsTheRestAndThenReturns() {
		this.registry.add(1, "functions", this.fixture.around("a"), this.fixture.note("b"), this.fixture.around("c"),
				this.fixture.note("d"));
		this.fixture.handle(1, "");
		assertThat(this.calls).containsExactly("a in", "b", "c in", "d", "c out", "a out");
	}

	@Test
	void nextRunsTheRestOnlyOnce() {
		this.registry.add(1, "functions", (request) -> {
			request.next();
			request.next();
		}, this.fixture.note("b"));
		this.fixture.handle(1, "");
		this.fixture.handle(1, "");
		assertThat(this.calls).containsExactly("b", "b");
	}

	@Test
	void abortKeepsTheRestFromRunningAndLetsWhatWaitsGoOn() {
		this.registry.add(1, "functions", this.fixture.around("a"), (request) -> {
			request.abort();
			request.next();
			this.calls.add("b");
		}, this.fixture.note("c"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("a in", "b", "a out");
	}

	@Test
	void middlewareCountsForWhatIsRegisteredLater() {
		RouteGroup group = this.registry.group(1, 9);
		group.add(1, "1", this.fixture.note("one"));
		this.registry.use(this.fixture.note("global a"), this.fixture.note("global b"));
		group.add(2, "2", this.fixture.note("two"));
		group.use(this.fixture.note("group"));
		group.add(3, "3", this.fixture.note("three"));
		this.registry.use(this.fixture.note("global c"));
		group.add(4, "4", this.fixture.note("four"), this.fixture.note("and five"));
		this.registry.add(5, "5", this.fixture.note("six"));
		assertThat(callsOf(1)).containsExactly("one");
		assertThat(callsOf(2)).containsExactly("global a", "global b", "two");
		assertThat(callsOf(3)).containsExactly("global a", "global b", "group", "three");
		assertThat(callsOf(4)).containsExactly("global a", "global b", "global c", "group", "four", "and five");
		assertThat(callsOf(5)).containsExactly("global a", "global b", "global c", "six");
	}

	@Test
	void middlewareRunsBeforeTheThreeMethodsOfARouter() {
		this.registry.use(this.fixture.around("global"));
		this.registry.group(1, 1, this.fixture.note("group")).add(1, this.fixture.router());
		assertThat(callsOf(1)).containsExactly("global in", "group", "pre", "handle", "post", "global out");
	}

	@Test
	void abortInARouterEndsThatRouterAndLetsMiddlewareGoOn() {
		this.registry.use(this.fixture.around("global"));
		this.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void preHandle(Request request) {
				request.abort();
			}
		});
		assertThat(callsOf(1)).containsExactly("global in", "global out");
	}

	@Test
	void goToWorksBehindMiddleware() {
		this.registry.use(this.fixture.around("global"));
		this.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void preHandle(Request request) {
				request.goTo(HandleStep.POST_HANDLE);
			}
		});
		assertThat(callsOf(1)).containsExactly("global in", "post", "global out");
	}

	@Test
	void twoHundredFunctionsAllRun() {
		RouterFunction[] functions = IntStream.range(0, 200)
			.mapToObj((i) -> (i % 2 == 0) ? this.fixture.around("f" + i) : this.fixture.note("f" + i))
			.toArray(RouterFunction[]::new);
		this.registry.use(functions);
		this.registry.add(1, "many", functions);
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).hasSize(600).startsWith("f0 in", "f1", "f2 in").endsWith("f2 out", "f0 out");
	}

	@Test
	void aRouteHandsOverToAnotherAndThenGoesOn() {
		this.registry.use(this.fixture.around("inner")).add(1, this.fixture.router());
		Router other = find(1);
		this.registry.add(2, "functions", (request) -> {
			other.handle(request);
			this.calls.add("handed over");
		}, this.fixture.note("last"));
		this.registry.add(3, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) throws Exception {
				other.handle(request);
				request.goTo(HandleStep.POST_HANDLE);
			}
		});
		assertThat(callsOf(2)).containsExactly("inner in", "inner in", "pre", "handle", "post", "inner out",
				"handed over", "last", "inner out");
		assertThat(callsOf(3)).containsExactly("inner in", "pre", "inner in", "pre", "handle", "post", "inner out",
				"post", "inner out");
	}

	private Router find(long msgId) {
		Route route = this.registry.snapshot().find(msgId);
		assertThat(route).isNotNull();
		return route.router();
	}

	@Test
	void whatThrowsEndsTheHandlingAlsoIfItIsCaught() {
		this.registry.use((request) -> {
			try {
				request.next();
			}
			catch (IllegalStateException ex) {
				this.calls.add("caught " + ex.getMessage());
			}
		});
		this.registry.add(1, "functions", (request) -> {
			throw new IllegalStateException("on purpose");
		}, this.fixture.note("not called"));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("caught on purpose");
	}

	@Test
	void whatThrowsUncaughtFailsTheMessageOnly() {
		this.registry.use(this.fixture.around("global"));
		this.registry.add(1, (request) -> {
			throw new IllegalStateException("on purpose");
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("global in");
	}

	@Test
	void nextHasNoEffectOnceTheMessageWasHandled() throws Exception {
		List<Request> kept = new ArrayList<>();
		this.registry.add(1, "functions", (request) -> {
			kept.add(request);
			throw new IllegalStateException("on purpose");
		}, this.fixture.note("not called"));
		this.fixture.handle(1, "");
		kept.get(0).next();
		assertThat(this.calls).isEmpty();
	}

	@Test
	void recoveryLetsThoseInFrontGoOnAndTheMessageCountsAsFailed() {
		this.registry.use(this.fixture.around("global"), Middlewares.recovery());
		this.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) {
				throw new StackOverflowError("on purpose");
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("global in", "pre", "global out");
	}

	@Test
	void recoveryDoesNothingToAMessageThatIsHandled() {
		this.registry.use(Middlewares.recovery());
		this.registry.add(1, this.fixture.router());
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("pre", "handle", "post");
	}

	@Test
	void recoverySurvivesWhatCannotBeLogged() {
		this.registry.use(Middlewares.recovery());
		this.registry.add(1, (request) -> {
			throw new Unspeakable();
		});
		for (int i = 0; i < 20; i++) {
			assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		}
	}

	@Test
	void timingTellsHowLongARouterTook() {
		AtomicLong clock = new AtomicLong();
		this.registry.use(Middlewares.timing(
				(request, duration) -> this.calls.add(request.msgId() + " " + request.bodyAsString() + " " + duration),
				clock::get));
		this.registry.add(1, (request) -> clock.addAndGet(Duration.ofMillis(30).toNanos()));
		this.registry.add(2, (request) -> {
			clock.addAndGet(Duration.ofMillis(40).toNanos());
			throw new IllegalStateException("on purpose");
		});
		assertThat(this.fixture.handle(1, "x")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.handle(2, "y")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls).containsExactly("1 x PT0.03S", "2 y PT0.04S");
	}

	@Test
	void timingSurvivesAReportThatThrows() {
		this.registry.use(Middlewares.timing((request, duration) -> {
			throw new Unspeakable();
		}));
		this.registry.add(1, this.fixture.router());
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
	}

	@Test
	void aGroupRefusesNumbersThatAreNotItsOwn() {
		RouteGroup group = this.registry.group(10, 20);
		group.add(10, this.fixture.router()).add(20, this.fixture.router());
		assertThatExceptionOfType(InvalidRouteException.class)
			.isThrownBy(() -> group.add(9, this.fixture.router(), "x"))
			.withMessage("Router x is registered for message 9 (expected: 10 to 20)");
		assertThatExceptionOfType(InvalidRouteException.class)
			.isThrownBy(() -> group.add(21, "y", this.fixture.note("y")));
		assertThatExceptionOfType(DuplicateRouteException.class)
			.isThrownBy(() -> group.add(10, "z", this.fixture.note("z")));
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.group(20, 10))
			.withMessage("range: 20 to 10 (expected: two numbers from 0 to 4294967295, the smaller one first)");
	}

	@Test
	void refusesARouteWithoutFunctions() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.add(1, "none"))
			.withMessage("functions: none (expected: 1 or more)");
	}

	@Test
	void refusesMiddlewareOnceTheServerHasStarted() {
		RouteGroup group = this.registry.group(1, 9);
		this.registry.close();
		assertThatIllegalStateException().isThrownBy(() -> this.registry.use(this.fixture.note("late")))
			.withMessage("Middleware comes too late: routes are fixed once the server has started");
		assertThatIllegalStateException().isThrownBy(() -> group.use(this.fixture.note("late")));
		assertThatIllegalStateException().isThrownBy(() -> group.add(1, this.fixture.router()));
	}

	private List<String> callsOf(long msgId) {
		this.calls.clear();
		assertThat(this.fixture.handle(msgId, "")).isEqualTo(Outcome.HANDLED);
		return List.copyOf(this.calls);
	}

}
