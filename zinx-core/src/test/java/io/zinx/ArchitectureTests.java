package io.zinx;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.zinx.eventloop.ChannelInternals;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static final JavaClasses core = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("io.zinx");

	/**
	 * The stages of a message's way, and what each may use.
	 */
	private static final Map<String, List<String>> arrows = Map.ofEntries(Map.entry("message", List.of()),
			Map.entry("metrics", List.of()), Map.entry("lifecycle", List.of()),
			Map.entry("eventloop", List.of("diagnostics")), Map.entry("diagnostics", List.of()),
			Map.entry("session", List.of()), Map.entry("codec", List.of("message")),
			Map.entry("authentication", List.of("metrics", "eventloop", "diagnostics")),
			Map.entry("link", List.of("authentication", "outbound", "metrics", "eventloop", "diagnostics")),
			Map.entry("transport", List.of("link", "lifecycle", "eventloop")),
			Map.entry("inbound", List.of("eventloop", "diagnostics")),
			Map.entry("outbound", List.of("message", "codec", "metrics", "eventloop", "diagnostics")),
			Map.entry("connection",
					List.of("message", "codec", "session", "authentication", "link", "outbound", "metrics", "eventloop",
							"diagnostics")),
			Map.entry("cluster", List.of("message", "connection", "session", "eventloop", "diagnostics")),
			Map.entry("admission",
					List.of("message", "codec", "session", "link", "outbound", "connection", "eventloop",
							"diagnostics")),
			Map.entry("heartbeat", List.of("message", "codec", "connection", "metrics", "eventloop")),
			Map.entry("routing", List.of("message", "codec", "connection", "diagnostics")),
			Map.entry("worker", List.of("outbound", "eventloop", "diagnostics")),
			Map.entry("lane",
					List.of("connection", "outbound", "routing", "worker", "metrics", "eventloop", "diagnostics")),
			Map.entry("dispatch",
					List.of("connection", "outbound", "routing", "worker", "lane", "lifecycle", "metrics",
							"eventloop")),
			Map.entry("pipeline",
					List.of("message", "transport", "codec", "link", "outbound", "connection", "admission", "heartbeat",
							"lane", "inbound", "eventloop", "diagnostics")),
			Map.entry("server",
					List.of("message", "metrics", "lifecycle", "eventloop", "diagnostics", "session", "authentication",
							"link", "transport", "codec", "inbound", "outbound", "connection", "admission", "heartbeat",
							"routing", "worker", "dispatch", "pipeline")));

	@Test
	void packagesAreFreeOfCycles() {
		check(SlicesRuleDefinition.slices().matching("io.zinx.(*)..").should().beFreeOfCycles());
	}

	@Test
	void arrowsAreOnlyThoseThatAreDrawn() {
		Architectures.LayeredArchitecture layers = Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInAnyPackage("io.zinx..")
			.layer("root")
			.definedBy("io.zinx");
		for (String stage : arrows.keySet()) {
			layers = layers.layer(stage).definedBy("io.zinx." + stage + "..");
		}
		for (Map.Entry<String, List<String>> arrow : arrows.entrySet()) {
			String[] allowed = Stream.concat(Stream.of("root"), arrow.getValue().stream()).toArray(String[]::new);
			layers = layers.whereLayer(arrow.getKey()).mayOnlyAccessLayers(allowed);
		}
		check(layers.whereLayer("root").mayNotAccessAnyLayer());
	}

	@Test
	void coreKnowsNeitherSpringNorMicrometer() {
		check(noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.micrometer.."));
	}

	@Test
	void oneClassReachesPastThePublicSideOfChannels() {
		check(noClasses().that()
			.doNotHaveFullyQualifiedName(ChannelInternals.class.getName())
			.should()
			.callMethod(Channel.class, "unsafe"));
	}

	@Test
	void nettyInternalsStayNettys() {
		check(noClasses().should().dependOnClassesThat().resideInAPackage("io.netty.util.internal.."));
	}

	@Test
	void nettyHandlersAreHiddenAndSayWhetherTheyAreShared() {
		DescribedPredicate<JavaClass> handlers = JavaClass.Predicates.assignableTo(ChannelHandler.class);
		check(classes().that(handlers).should().notBePublic());
		core.stream()
			.filter(handlers)
			.forEach((type) -> assertThat(type.getAllMethods()).as("isSharable of " + type.getName())
				.anyMatch((method) -> method.getName().equals("isSharable")
						&& core.contain(method.getOwner().getName())));
	}

	@Test
	void exceptionsHaveOneRoot() {
		check(classes().that().areAssignableTo(Throwable.class).should().beAssignableTo(ZinxException.class));
	}

	@Test
	void nobodySleepsPrintsOrReadsTheWallClock() {
		check(noClasses().should()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err"));
	}

	@Test
	void everyPackageIsNullMarked() {
		core.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.forEach((pkg) -> assertThat(pkg.isAnnotatedWith(NullMarked.class)).as(pkg.getName()).isTrue());
	}

	private static void check(ArchRule rule) {
		rule.check(core);
	}

}
