package io.zinx.cluster.redis;

import java.util.Map;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.zinx.testing.Knots;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shape of this module.
 */
class ModuleTests {

	private static final JavaClasses main = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.zinx.cluster.redis");

	@Test
	void itUsesTheApiOfTheClusterAndTheDriverAndNoSpring() {
		noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(main);
		classes().should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.net.ssl..", "io.zinx", "io.zinx.cluster", "io.zinx.cluster.redis",
					"io.zinx.diagnostics", "io.zinx.eventloop", "io.lettuce.core..", "io.netty..", "org.slf4j..",
					"org.jspecify..")
			.check(main);
	}

	@Test
	void whatUsersTypeIsPublicAndNothingElse() {
		assertThat(main.stream()
			.filter((type) -> type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
			.map((type) -> type.getSimpleName())
			.toList()).containsExactlyInAnyOrder("RedisBackplane", "RedisBackplaneSettings", "RedisBackplaneException");
	}

	@Test
	void noKnotOfTypesIsLargerThanUsual() {
		assertThat(Knots.below("io.zinx.cluster.redis").violations(Map.of())).isEmpty();
	}

}
