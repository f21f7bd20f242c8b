package io.zinx.routing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.zinx.routing.Routes.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class RouteRegistryTests {

	private static final Router NOTHING = (request) -> {
	};

	private static final Interceptor PASSING = (request, chain) -> chain.proceed(request);

	private final RoutingFixture fixture = new RoutingFixture();

	private final RouteRegistry registry = this.fixture.registry;

	static Stream<Arguments> registrations() {
		return Stream.of(late("Router r for message 8", (registry) -> registry.add(8, NOTHING, "r")),
				late("Router r for message 8", (registry) -> registry.add(8, NOTHING, "r", Execution.WORKER)),
				late("Router r for message 8", (registry) -> registry.add(8, "r", NOTHING::handle)),
				late("Router a lambda in " + RouteRegistryTests.class.getName(),
						(registry) -> registry.addAsync(8, (request) -> new CompletableFuture<>())),
				late("Router r for message 8", (registry) -> registry.addBuiltIn(8, NOTHING, "r")),
				late("Router r for messages 8 to 9", (registry) -> registry.range(8, 9, NOTHING, "r")),
				late("Fallback router r", (registry) -> registry.fallback(NOTHING, "r")),
				late("Middleware", (registry) -> registry.use(NOTHING::handle)),
				late("Middleware", (registry) -> registry.use(1, 2, NOTHING::handle)),
				late("Middleware of the messages 8 to 9", (registry) -> registry.group(8, 9, NOTHING::handle)),
				late("Interceptor " + RouteRegistryTests.class.getName(), (registry) -> registry.interceptor(PASSING)),
				late("Interceptor " + RangedInterceptor.class.getName(),
						(registry) -> registry.interceptor(1, 2, PASSING)));
	}

	private static Arguments late(String what, Consumer<RouteRegistry> registration) {
		return Arguments.of(what, registration);
	}

	@ParameterizedTest
	@MethodSource("registrations")
	void onceTheServerHasStartedNothingMoreIsTaken(String what, Consumer<RouteRegistry> registration) {
		registration.accept(new RouteRegistry());
		Routes routes = this.registry.add(7, NOTHING).close();
		assertThatIllegalStateException().isThrownBy(() -> registration.accept(this.registry))
			.withMessageStartingWith(what)
			.withMessageEndingWith(" comes too late: routes are fixed once the server has started");
		assertThat(this.registry.close().all()).isEqualTo(routes.all());
		assertThat(this.registry.snapshot().interceptors()).isEmpty();
		assertThat(this.registry.snapshot().ranges()).isEmpty();
		assertThat(this.registry.snapshot().fallback()).isNull();
	}

	@Test
	void aSnapshotDoesNotChangeWithWhatIsRegisteredLater() {
		Routes before = this.registry.add(1, NOTHING).snapshot();
		this.registry.add(2, NOTHING).range(10, 19, NOTHING, "r").fallback(NOTHING).interceptor(PASSING);
		assertThat(before.all()).extracting(Route::msgId).containsExactly(1L);
		assertThat(before.ranges()).isEmpty();
		assertThat(before.fallback()).isNull();
		assertThat(before.interceptors()).isEmpty();
		assertThat(this.registry.snapshot().all()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0x1_0000_0000L, Long.MIN_VALUE, Long.MAX_VALUE })
	void whatIsNoMessageNumberIsRefused(long msgId) {
		assertThatExceptionOfType(InvalidRouteException.class)
			.isThrownBy(() -> this.registry.add(msgId, NOTHING, "lost"))
			.withMessage("Router lost is registered for message " + msgId + " (expected: 0 to 4294967295)")
			.satisfies((ex) -> {
				assertThat(ex.msgId()).isEqualTo(msgId);
				assertThat(ex.router()).isEqualTo("lost");
				assertThat(ex.from()).isZero();
				assertThat(ex.to()).isEqualTo(0xFFFF_FFFFL);
			});
		assertThat(this.registry.snapshot().all()).isEmpty();
	}

	@Test
	void theFirstRouterOfANumberStays() {
		this.registry.add(7, this.fixture.note("first")::handle, "first");
		assertThatExceptionOfType(DuplicateRouteException.class)
			.isThrownBy(() -> this.registry.add(7, "second", this.fixture.note("second")))
			.satisfies((ex) -> {
				assertThat(ex.msgId()).isEqualTo(7);
				assertThat(ex.first()).isEqualTo("first");
				assertThat(ex.second()).isEqualTo("second");
			});
		this.fixture.handle(7, "");
		assertThat(this.fixture.calls).containsExactly("first");
	}

	@Test
	void aBuiltInRouterGoesWithoutMiddlewareAndBeforeRangesAndFallback() {
		this.registry.use(this.fixture.note("middleware"))
			.range(1, 9, this.fixture.note("range")::handle, "range")
			.fallback(this.fixture.note("fallback")::handle);
		this.registry.addBuiltIn(5, this.fixture.note("built-in")::handle, "built-in");
		assertThat(this.fixture.handle(5, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.calls).containsExactly("built-in");
	}

	@Test
	void aBuiltInRouterLeavesANumberToTheApplicationAlsoWhenTheServerStartsAgain() {
		this.registry.add(5, this.fixture.note("own")::handle, "own");
		this.registry.addBuiltIn(5, this.fixture.note("built-in")::handle, "built-in");
		this.registry.close();
		this.registry.addBuiltIn(5, this.fixture.note("built-in")::handle, "built-in");
		this.fixture.handle(5, "");
		assertThat(this.fixture.calls).containsExactly("own");
	}

	@Test
	void overlappingGroupsDoNotConcernEachOther() {
		RouteGroup low = this.registry.group(1, 10, this.fixture.note("low"));
		RouteGroup high = this.registry.group(5, 15, this.fixture.note("high"));
		low.add(5, "five", this.fixture.note("five"));
		high.add(6, "six", this.fixture.note("six"));
		this.registry.add(7, "seven", this.fixture.note("seven"));
		for (long msgId = 5; msgId <= 7; msgId++) {
			assertThat(this.fixture.handle(msgId, "")).isEqualTo(Outcome.HANDLED);
		}
		assertThat(this.fixture.calls).containsExactly("low", "five", "high", "six", "seven");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 0xFFFF_FFFFL })
	void aGroupMayReachFromTheFirstNumberToTheLast(long msgId) {
		this.registry.group(0, 0xFFFF_FFFFL, this.fixture.note("group"))
			.add(msgId, this.fixture.router(), "router", Execution.WORKER);
		assertThat(this.fixture.handle(msgId, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.calls).containsExactly("group", "pre", "handle", "post");
		assertThat(this.registry.snapshot().execution(msgId)).isEqualTo(Execution.WORKER);
	}

	@Test
	void whereAMessageIsHandledIsSaidByItsRouterElseByItsRangeElseByTheFallback() {
		assertThat(this.registry.snapshot().executions()).containsExactly(Execution.DEFAULT);
		assertThat(this.registry.snapshot().execution(1)).isEqualTo(Execution.DEFAULT);
		Routes routes = this.registry.add(5, NOTHING, "five", Execution.EVENT_LOOP)
			.range(1, 9, NOTHING, "range", Execution.WORKER)
			.fallback(NOTHING, "fallback", Execution.VIRTUAL_THREAD)
			.close();
		assertThat(Stream.of(5, 4, 1, 9, 0, 10).map((msgId) -> routes.execution(msgId))).containsExactly(
				Execution.EVENT_LOOP, Execution.WORKER, Execution.WORKER, Execution.WORKER, Execution.VIRTUAL_THREAD,
				Execution.VIRTUAL_THREAD);
		assertThat(routes.executions()).containsExactlyInAnyOrder(Execution.values());
	}

	@Test
	void aRouterThatSaysNothingIsNotHandledWhereItsRangeWants() {
		Routes routes = this.registry.add(5, NOTHING).range(1, 9, NOTHING, "range", Execution.WORKER).close();
		assertThat(routes.execution(5)).isEqualTo(Execution.DEFAULT);
	}

	@Test
	void interceptorsAreListedByTheirClassAndOfWhichMessagesTheyAre() {
		Routes routes = this.registry.interceptor(10, 19, new Named()).interceptor(new Named()).close();
		assertThat(routes.interceptorNames()).containsExactly(Named.class.getName() + " for 10 to 19",
				Named.class.getName());
	}

	@Test
	@SuppressWarnings("NullAway")
	void whatMustBeThereIsAskedForByName() {
		assertThatNullPointerException().isThrownBy(() -> this.registry.add(1, (Router) null)).withMessage("router");
		assertThatNullPointerException().isThrownBy(() -> this.registry.add(1, NOTHING, null)).withMessage("name");
		assertThatNullPointerException().isThrownBy(() -> this.registry.add(1, NOTHING, "r", null))
			.withMessage("execution");
		assertThatNullPointerException().isThrownBy(() -> this.registry.addAsync(1, null)).withMessage("router");
		assertThatNullPointerException().isThrownBy(() -> this.registry.range(1, 2, null, "r")).withMessage("router");
		assertThatNullPointerException().isThrownBy(() -> this.registry.fallback(null)).withMessage("router");
		assertThatNullPointerException().isThrownBy(() -> this.registry.interceptor(null)).withMessage("interceptor");
		assertThatNullPointerException().isThrownBy(() -> this.registry.use((RouterFunction) null))
			.withMessage("function");
		assertThat(this.registry.snapshot().all()).isEmpty();
		assertThat(this.registry.snapshot().ranges()).isEmpty();
	}

	private static final class Named implements Interceptor {

		@Override
		public void intercept(Request request, Chain chain) throws Exception {
			chain.proceed(request);
		}

	}

}
