package io.zinx.boot;

import java.util.Map;

import io.zinx.testing.Knots;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loops of types within one package, which {@code ArchitectureTests} does not see.
 */
class KnotTests {

	private static final Knots boot = Knots.below("io.zinx.boot");

	/**
	 * The packages whose largest knot has more than {@link Knots#USUAL} types.
	 */
	private static final Map<String, Knots.Allowance> table = Map.of();

	@Test
	void noPackageHasALargerKnotThanTheTableAllows() {
		assertThat(boot.violations(table)).isEmpty();
	}

	@Test
	void thePackagesAreLookedAt() {
		assertThat(boot.packages()).contains("io.zinx.boot.autoconfigure")
			.doesNotContain("io.zinx.boot", "io.zinx.boot.testing");
	}

}
