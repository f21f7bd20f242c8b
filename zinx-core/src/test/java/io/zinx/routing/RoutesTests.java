package io.zinx.routing;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutesTests {

	private static final Router NOTHING = (request) -> {
	};

	@Test
	void findsEachOfManyRoutesAndNothingElse() {
		Random random = new Random(7);
		Set<Long> numbers = new HashSet<>(Set.of(0L, 1L, 0xFFFF_FFFFL, 0x8000_0000L));
		while (numbers.size() < 5000) {
			numbers.add(random.nextLong() & 0xFFFF_FFFFL);
		}
		RouteRegistry registry = new RouteRegistry();
		numbers.forEach((number) -> registry.add(number, NOTHING, "router " + number));
		Routes routes = registry.close();
		for (long number : numbers) {
			assertThat(routes.find(number)).isNotNull().extracting(Route::name).isEqualTo("router " + number);
		}
		for (int i = 0; i < 5000; i++) {
			long number = random.nextLong() & 0xFFFF_FFFFL;
			assertThat(routes.find(number) != null).isEqualTo(numbers.contains(number));
		}
		assertThat(routes.all()).hasSize(5000).isSortedAccordingTo((a, b) -> Long.compare(a.msgId(), b.msgId()));
	}

	@Test
	void findsNothingInAnEmptyTable() {
		assertThat(new RouteRegistry().close().find(1)).isNull();
	}

	@Test
	void namesARouterAfterItsClass() {
		Routes routes = new RouteRegistry().add(1, NOTHING).snapshot();
		assertThat(routes.all()).singleElement()
			.extracting(Route::name)
			.asString()
			.isEqualTo("a lambda in " + RoutesTests.class.getName());
	}

}
