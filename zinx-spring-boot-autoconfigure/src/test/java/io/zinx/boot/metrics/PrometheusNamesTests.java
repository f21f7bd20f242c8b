package io.zinx.boot.metrics;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The names and labels under which Prometheus gets the meters and observations of a
 * server.
 */
class PrometheusNamesTests {

	private static final String OBSERVATION = "zinx_server_request_seconds_count";

	private static ConfigurableApplicationContext context;

	/** One line for each value. */
	private static List<String> samples;

	@BeforeAll
	static void scrape() {
		context = ZinxApplication.runNode(List.of(Echo.class), new InProcessBackplane(), "zinx.name=game",
				"zinx.observation.enabled=true");
		try (SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "hello").receive();
		}
		PrometheusMeterRegistry registry = context.getBean(PrometheusMeterRegistry.class);
		await().until(() -> registry.scrape().contains(OBSERVATION));
		samples = registry.scrape()
			.lines()
			.filter((line) -> line.startsWith("zinx_") || line.startsWith("netty_"))
			.toList();
	}

	@AfterAll
	static void close() {
		context.close();
	}

	private static String nameOf(String sample) {
		return sample.replaceFirst("[{ ].*", "");
	}

	private static Set<String> names() {
		return samples.stream().map(PrometheusNamesTests::nameOf).collect(Collectors.toSet());
	}

	@Test
	void everyMeterAndObservationIsThere() {
		assertThat(names()).contains(OBSERVATION, "netty_eventexecutor_tasks_pending");
		for (ZinxMeters meter : ZinxMeters.values()) {
			assertThat(names()).as(meter.getName())
				.anyMatch((name) -> name.startsWith(meter.getName().replace('.', '_')));
		}
	}

	@Test
	void noNameSaysAUnitOrAnotherWordTwice() {
		assertThat(names()).allSatisfy((name) -> assertThat(name.split("_")).doesNotHaveDuplicates());
	}

	@Test
	void bytesAndSecondsAreTheOnlyUnits() {
		for (ZinxMeters meter : ZinxMeters.values()) {
			assertThat(meter.getBaseUnit()).as(meter.getName()).isIn(null, "bytes", "seconds");
		}
		assertThat(names()).contains("zinx_data_received_bytes_total", "zinx_data_sent_bytes_total",
				"zinx_data_skipped_bytes_total", "zinx_inbound_held_bytes", "zinx_handlers_longest_seconds",
				"zinx_connections_lifetime_seconds_sum");
	}

	/**
	 * But for the memory of Netty's allocator, which all servers of a JVM share.
	 */
	@Test
	void everyMeterAndObservationNamesItsServer() {
		assertThat(samples).filteredOn((sample) -> !sample.startsWith("netty_allocator_"))
			.isNotEmpty()
			.allMatch((sample) -> sample.contains("server=\"game\""));
		assertThat(samples).filteredOn((sample) -> sample.startsWith("netty_allocator_"))
			.isNotEmpty()
			.noneMatch((sample) -> sample.contains("server="));
	}

	@Test
	void meterAndObservationNameTheMessageAlike() {
		assertThat(samples).filteredOn((sample) -> nameOf(sample).equals(OBSERVATION))
			.isNotEmpty()
			.allMatch((sample) -> sample.contains("msg_id=\"1\""));
		assertThat(samples).filteredOn((sample) -> nameOf(sample).equals("zinx_messages_received_total"))
			.anyMatch((sample) -> sample.contains("msg_id=\"1\""));
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

}
