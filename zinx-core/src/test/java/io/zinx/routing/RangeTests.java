package io.zinx.routing;

import java.util.List;

import io.zinx.routing.Routes.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RangeTests {

	private final RoutingFixture fixture = new RoutingFixture();

	private final RouteRegistry registry = this.fixture.registry;

	@Test
	void aRangeAnswersItsNumbersAndNoOthers() {
		this.registry.range(10, 19, replies("teens"), "teens").range(30, 30, replies("thirty"), "thirty");
		this.registry.range(0xFFFF_FFF0L, 0xFFFF_FFFFL, replies("last"), "last").range(0, 0, replies("zero"), "zero");
		for (long unknown : new long[] { 1, 9, 20, 29, 31, 0x7FFF_FFFFL, 0xFFFF_FFEFL }) {
			assertThat(this.fixture.handle(unknown, "")).isEqualTo(Outcome.UNKNOWN);
		}
		for (long known : new long[] { 0, 10, 15, 19, 30, 0xFFFF_FFF0L, 0xFFFF_FFFFL }) {
			assertThat(this.fixture.handle(known, "")).isEqualTo(Outcome.HANDLED);
		}
		assertThat(this.fixture.connection.sent()).containsExactly("0:zero", "10:teens", "15:teens", "19:teens",
				"30:thirty", "4294967280:last", "4294967295:last");
	}

	@Test
	void theRouterOfANumberWinsOverItsRangeAndARangeOverTheFallback() {
		this.registry.fallback(replies("fallback")).range(10, 19, replies("range"), "range").add(15, replies("exact"));
		for (long msgId : new long[] { 15, 14, 9 }) {
			assertThat(this.fixture.handle(msgId, "")).isEqualTo(Outcome.HANDLED);
		}
		assertThat(this.fixture.connection.sent()).containsExactly("15:exact", "14:range", "9:fallback");
		assertThat(this.registry.snapshot().find(14)).isNull();
	}

	@Test
	void middlewareRunsBeforeRangesAndFallbackThatAreRegisteredLater() {
		this.registry.range(1, 1, this.fixture.router(), "early").use(this.fixture.note("global"));
		this.registry.range(2, 2, this.fixture.router(), "late").fallback(this.fixture.router());
		this.fixture.handle(1, "");
		this.fixture.handle(2, "");
		this.fixture.handle(3, "");
		assertThat(this.fixture.calls).containsExactly("pre", "handle", "post", "global", "pre", "handle", "post",
				"global", "pre", "handle", "post");
	}

	@Test
	void rangesAndFallbackThatThrowFailTheMessageOnly() {
		this.registry.range(1, 5, RangeTests::fail, "range").fallback(RangeTests::fail, "fallback");
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.fixture.handle(6, "")).isEqualTo(Outcome.FAILED);
	}

	@Test
	void rangesThatOverlapAreRefusedByName() {
		this.registry.range(10, 19, this.fixture.router(), "teens");
		for (long[] range : new long[][] { { 0, 10 }, { 19, 25 }, { 12, 13 }, { 0, 100 }, { 10, 19 } }) {
			assertThatExceptionOfType(OverlappingRangesException.class)
				.isThrownBy(() -> this.registry.range(range[0], range[1], this.fixture.router(), "other"))
				.withMessage("Two ranges of message numbers overlap: teens (10 to 19) and other (" + range[0] + " to "
						+ range[1] + ")")
				.satisfies((ex) -> assertThat(List.of(ex.first().name(), ex.second().name())).containsExactly("teens",
						"other"));
		}
		this.registry.range(0, 9, this.fixture.router(), "below").range(20, 29, this.fixture.router(), "above");
		assertThat(this.registry.snapshot().ranges()).extracting(RouteRange::name)
			.containsExactly("below", "teens", "above");
	}

	@Test
	void refusesWhatIsNoRange() {
		for (long[] range : new long[][] { { -1, 5 }, { 5, 0x1_0000_0000L }, { 6, 5 } }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.registry.range(range[0], range[1], this.fixture.router(), "x"));
		}
	}

	@Test
	void refusesASecondFallbackByName() {
		this.registry.fallback(this.fixture.router(), "first");
		assertThatExceptionOfType(OverlappingRangesException.class)
			.isThrownBy(() -> this.registry.fallback(this.fixture.router(), "second"))
			.withMessageContainingAll("first", "second");
		RouteRange fallback = this.registry.snapshot().fallback();
		assertThat(fallback).isNotNull().extracting(RouteRange::name).isEqualTo("first");
	}

	@Test
	void refusesRangesAndFallbackOnceTheServerHasStarted() {
		this.registry.close();
		assertThatIllegalStateException().isThrownBy(() -> this.registry.range(1, 2, this.fixture.router(), "x"))
			.withMessageContaining("Router x for messages 1 to 2 comes too late");
		assertThatIllegalStateException().isThrownBy(() -> this.registry.fallback(this.fixture.router(), "x"));
	}

	private static Router replies(String text) {
		return (request) -> request.reply(request.msgId(), text);
	}

	private static void fail(Request request) {
		throw new IllegalStateException("on purpose");
	}

}
