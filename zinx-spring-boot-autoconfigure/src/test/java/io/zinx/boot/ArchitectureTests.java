package io.zinx.boot;

import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final JavaClasses classes = new ClassFileImporter().withImportOption(ArchitectureTests::isMain)
		.importPackages("io.zinx.boot");

	private static boolean isMain(Location location) {
		return !location.contains("/test-classes/") && !location.contains("-tests.jar");
	}

	@Test
	void thereAreClasses() {
		assertThat(classes.contain("io.zinx.boot.autoconfigure.ZinxAutoConfiguration")).isTrue();
		assertThat(classes.contain(ArchitectureTests.class)).isFalse();
	}

	@Test
	void springBootIsOfTheVersionToTest() {
		assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("test.spring-boot.version"));
	}

	@Test
	void packagesAreFreeOfCycles() {
		check(slices().matching("io.zinx.boot.(**)").should().beFreeOfCycles());
	}

	@Test
	void featuresDoNotKnowTheirWiring() {
		check(noClasses().that()
			.resideOutsideOfPackage("io.zinx.boot.autoconfigure..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.zinx.boot.autoconfigure.."));
	}

	@Test
	void wiringOfOptionalFeaturesKnowsTheMainWiringOnly() {
		check(noClasses().that()
			.resideInAPackage("io.zinx.boot.autoconfigure")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.zinx.boot.autoconfigure.*"));
		check(slices().matching("io.zinx.boot.autoconfigure.(*)").should().notDependOnEachOther());
	}

	@Test
	void mainWiringWorksWithoutWhatIsOptional() {
		check(noClasses().that()
			.resideInAnyPackage("io.zinx.boot.autoconfigure", "io.zinx.boot.context", "io.zinx.boot.routing",
					"io.zinx.boot.handler..", "io.zinx.boot.payload", "io.zinx.boot.messaging", "io.zinx.boot.logging")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.micrometer..", "org.springframework.boot.actuate..",
					"org.springframework.boot.health..", "org.springframework.boot.web..", "tools.jackson..",
					"jakarta.validation..", "reactor..", "com.google.protobuf..", "io.zinx.boot.payload.json..",
					"io.zinx.boot.payload.protobuf..", "io.zinx.boot.metrics..", "io.zinx.boot.health..",
					"io.zinx.boot.endpoint..", "io.zinx.boot.info..", "io.zinx.boot.observation..",
					"io.zinx.boot.propagation.."));
	}

	@Test
	void handlerMethodsKnowNotHowTheyAreFoundAndRegistered() {
		check(noClasses().that()
			.resideInAnyPackage("io.zinx.boot.handler..", "io.zinx.boot.payload..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.zinx.boot.routing..", "io.zinx.boot.context..", "io.zinx.boot.messaging..",
					"io.zinx.server.."));
		check(noClasses().that()
			.resideInAPackage("io.zinx.boot.handler..")
			.and()
			.doNotHaveSimpleName("ReactiveStages")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.reactivestreams.."));
	}

	@Test
	void whatAnApplicationTypesKnowsNotWhatCallsIt() {
		check(noClasses().that()
			.resideInAPackage("io.zinx.boot.handler")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("io.zinx.boot.handler.invoke..", "io.zinx.boot.payload.."));
	}

	@Test
	void payloadsAreConvertedWithoutHandlerMethods() {
		check(noClasses().that()
			.resideInAPackage("io.zinx.boot.payload..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.zinx.boot.handler.invoke.."));
		check(slices().matching("io.zinx.boot.payload.(*)").should().notDependOnEachOther());
	}

	@Test
	void whatCallsHandlerMethodsIsBehindOneClass() {
		check(classes().that()
			.resideInAPackage("io.zinx.boot.handler.invoke")
			.and()
			.doNotHaveSimpleName("HandlerMethods")
			.should()
			.notBePublic());
	}

	@Test
	void autoConfigurationsArePublicFinalWithoutPublicMembers() {
		check(classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL));
		check(noMethods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic());
	}

	@Test
	void beansThatSpringNeedsEarlyAreStatic() {
		for (Class<?> type : List.of(BeanPostProcessor.class, BeanFactoryPostProcessor.class,
				LazyInitializationExcludeFilter.class)) {
			check(methods().that()
				.areAnnotatedWith(Bean.class)
				.and()
				.haveRawReturnType(JavaClass.Predicates.assignableTo(type))
				.should()
				.beStatic()
				.allowEmptyShould(true));
		}
	}

	@Test
	void classConditionsAreOnClasses() {
		check(noMethods().should().beAnnotatedWith(ConditionalOnClass.class));
	}

	@Test
	void everyPackageIsNullMarked() {
		check(classes().should(new ArchCondition<>("be in a package that is @NullMarked") {

			@Override
			public void check(JavaClass item, ConditionEvents events) {
				events.add(new SimpleConditionEvent(item, item.getPackage().isAnnotatedWith(NullMarked.class),
						item.getName()));
			}

		}));
	}

	@Test
	void beanMethodsAreNotPublic() {
		check(methods().that().areAnnotatedWith(Bean.class).should(new ArchCondition<>("be package-private") {

			@Override
			public void check(JavaMethod item, ConditionEvents events) {
				boolean hidden = !item.getModifiers().contains(JavaModifier.PUBLIC)
						&& !item.getModifiers().contains(JavaModifier.PROTECTED);
				events.add(new SimpleConditionEvent(item, hidden, item.getFullName()));
			}

		}));
	}

	private static void check(ArchRule rule) {
		rule.check(classes);
	}

}
