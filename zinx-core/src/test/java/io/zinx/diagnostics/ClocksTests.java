package io.zinx.diagnostics;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClocksTests {

	@Test
	void thoseOfTheSystemAreThatOfPeopleAndTheOneThatOnlyGrows() {
		Instant before = Instant.now();
		long start = System.nanoTime();
		long nanos = Clocks.SYSTEM.nanoTime().getAsLong();
		Instant wall = Clocks.SYSTEM.wall().instant();
		assertThat(nanos - start).isNotNegative();
		assertThat(System.nanoTime() - nanos).isNotNegative();
		assertThat(wall).isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
	}

}
