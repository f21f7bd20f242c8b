package io.zinx.boot.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.testing.Guide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/operations.md}, the dashboard and the alerts speak of is there.
 */
class OperationsGuideTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Pattern NAME = Pattern.compile("\\bzinx_\\w+");

	private static final Pattern METER = Pattern.compile("(?m)^\\| `(zinx\\.[\\w.]+)` \\|");

	@Test
	void theDashboardAsksForWhatIsExported() throws IOException {
		JsonNode dashboard = new JsonMapper().readTree(read("grafana/zinx.json"));
		Set<String> asked = names(dashboard.toString());
		assertThat(dashboard.get("panels")).isNotEmpty();
		assertThat(exported()).containsAll(asked);
		assertThat(asked).hasSizeGreaterThan(20);
	}

	@Test
	void theDashboardShowsTheChosenServersOnly() throws IOException {
		JsonNode dashboard = new JsonMapper().readTree(read("grafana/zinx.json"));
		List<String> queries = dashboard.get("panels").findValuesAsString("expr");
		assertThat(queries).isNotEmpty()
			.allSatisfy((query) -> assertThat(query.split("zinx_", -1))
				.hasSameSizeAs(query.split("zinx_\\w+\\{server=~", -1)));
		assertThat(dashboard.get("templating").get("list").findValuesAsString("name")).contains("server", "instance");
	}

	@Test
	void everyMeterIsOnTheDashboard() throws IOException {
		Set<String> asked = names(read("grafana/zinx.json"));
		for (ZinxMeters meter : ZinxMeters.values()) {
			String prefix = meter.getName().replace('.', '_');
			assertThat(asked).as(meter.getName()).anyMatch((name) -> name.startsWith(prefix));
		}
	}

	@Test
	void alertsAskForWhatIsExportedAndAreInTheRunbook() throws IOException {
		String alerts = read("grafana/alerts.yml");
		assertThat(exported()).containsAll(names(alerts));
		String guide = read("operations.md");
		Matcher alert = Pattern.compile("alert: (\\w+)").matcher(alerts);
		int count = 0;
		while (alert.find()) {
			count++;
			assertThat(guide).contains("| `" + alert.group(1));
		}
		assertThat(count).isEqualTo(17);
	}

	@Test
	void everyMeterIsInTheGuide() throws IOException {
		Set<String> told = METER.matcher(read("operations.md"))
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(told)
			.containsExactlyInAnyOrderElementsOf(Stream.of(ZinxMeters.values()).map(ZinxMeters::getName).toList());
	}

	@Test
	void examplesAreCompiledAndTested() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "context", "ZinxServerLifecycleTests.java");
		assertThat(Guide.examples("operations.md")).isNotEmpty().allMatch((example) -> Guide.contains(source, example));
	}

	private static Set<String> exported() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		ZinxServer server = new ZinxServer(ServerConfig.builder().port(0).build());
		new ZinxMeterBinder(server).bindTo(registry);
		ClusterMember member = new ClusterMember(ClusterSettings.of("test"), "test", server.connManager(),
				new InProcessBackplane(), List.of());
		new ClusterMeterBinder(member, "test").bindTo(registry);
		server.router(1, (request) -> {
		}).start();
		server.stop();
		return names(registry.scrape());
	}

	private static Set<String> names(String text) {
		return NAME.matcher(text).results().map((found) -> found.group()).collect(Collectors.toSet());
	}

	private static String read(String page) throws IOException {
		return Files.readString(DOCS.resolve(page));
	}

}
