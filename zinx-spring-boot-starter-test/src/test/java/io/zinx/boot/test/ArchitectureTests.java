package io.zinx.boot.test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final JavaClasses classes = new ClassFileImporter().withImportOption(ArchitectureTests::isMain)
		.importPackages("io.zinx.boot.test");

	private static boolean isMain(Location location) {
		return !location.contains("/test-classes/");
	}

	@Test
	void packagesAreFreeOfCyclesAndClientsKnowNoContext() {
		slices().matching("io.zinx.boot.test.(*)").should().beFreeOfCycles().check(classes);
		noClasses().that()
			.resideInAPackage("io.zinx.boot.test.client")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "org.springframework.context..", "tools.jackson..")
			.check(classes);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(classes.stream().map(JavaClass::getPackage).distinct())
			.allMatch((pkg) -> pkg.isAnnotatedWith(NullMarked.class));
	}

	@Test
	void handlersAreHidden() {
		classes().that().areAssignableTo(ChannelHandler.class).should().notBePublic().check(classes);
	}

	@Test
	void autoConfigurationsArePublicFinalWithoutPublicMembers() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(classes);
		noMethods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.check(classes);
	}

}
