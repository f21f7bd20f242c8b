package io.zinx;

import java.util.Map;

import io.zinx.testing.Knots;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loops of types within one package, which {@code ArchitectureTests} does not see.
 */
class KnotTests {

	private static final Knots core = Knots.below("io.zinx");

	/**
	 * The packages whose largest knot has more than {@link Knots#USUAL} types.
	 */
	private static final Map<String, Knots.Allowance> table = Map.of();

	@Test
	void noPackageHasALargerKnotThanTheTableAllows() {
		assertThat(core.violations(table)).isEmpty();
	}

	@Test
	void thePackagesAreLookedAt() {
		assertThat(core.packages()).contains("io.zinx", "io.zinx.server").doesNotContain("io.zinx.testing");
	}

}
