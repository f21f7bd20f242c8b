package io.zinx.testing;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Test classes, or single methods of them, several times in one JVM. For
 * {@code .ci/proof rounds}.
 */
final class Rounds {

	private static final Logger logger = LoggerFactory.getLogger(Rounds.class);

	private Rounds() {
	}

	/**
	 * Run tests, and exit with 0 if all rounds passed.
	 * @param args the number of rounds, the seconds after which no round begins, and the
	 * names of test classes, with {@code #method} if only that is meant
	 */
	public static void main(String[] args) {
		int rounds = Integer.parseInt(args[0]);
		long end = System.nanoTime() + Duration.ofSeconds(Long.parseLong(args[1])).toNanos();
		LauncherDiscoveryRequest request = request(List.of(args).subList(2, args.length));
		Launcher launcher = LauncherFactory.create();
		Report report = Report.begin("proof-rounds.txt");
		int failed = 0;
		int round = 0;
		while (round < rounds && System.nanoTime() - end < 0) {
			round++;
			TestExecutionSummary summary = run(launcher, request);
			boolean passed = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() > 0;
			failed += passed ? 0 : 1;
		}
		report.write("%d %d".formatted(round, failed));
		System.exit((failed == 0) ? 0 : 1);
	}

	private static TestExecutionSummary run(Launcher launcher, LauncherDiscoveryRequest request) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		launcher.execute(request, listener);
		TestExecutionSummary summary = listener.getSummary();
		summary.getFailures()
			.forEach((failure) -> logger.error("{} failed", failure.getTestIdentifier().getUniqueId(),
					failure.getException()));
		if (summary.getTestsFoundCount() == 0) {
			logger.error("There is no such test");
		}
		return summary;
	}

	private static LauncherDiscoveryRequest request(List<String> names) {
		return LauncherDiscoveryRequestBuilder.request()
			.selectors(names.stream().flatMap(Rounds::selectors).toList())
			.build();
	}

	private static Stream<? extends DiscoverySelector> selectors(String name) {
		int method = name.indexOf('#');
		if (method < 0) {
			return Stream.of(DiscoverySelectors.selectClass(name));
		}
		Class<?> type = DiscoverySelectors.selectClass(name.substring(0, method)).getJavaClass();
		return ReflectionSupport
			.findMethods(type, (each) -> each.getName().equals(name.substring(method + 1)),
					HierarchyTraversalMode.TOP_DOWN)
			.stream()
			.map((each) -> DiscoverySelectors.selectMethod(type, each));
	}

}
