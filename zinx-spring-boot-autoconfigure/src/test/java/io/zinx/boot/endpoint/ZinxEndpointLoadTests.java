package io.zinx.boot.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.server.ZinxServer;
import io.zinx.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoint with many connections. With the system property
 * {@code zinx.proof.connections} (15000) it also says how long that may take, on a
 * machine that does nothing else.
 */
class ZinxEndpointLoadTests {

	private static final int FEW = 100;

	private static final int MANY = Integer.getInteger("zinx.proof.connections", 1000);

	private static final boolean PROOF = Integer.getInteger("zinx.proof.connections") != null;

	private static final int REQUESTS = 200;

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void aPageTakesNotMuchLongerWithManyConnections() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(EchoRouter.class),
				"management.endpoints.web.exposure.include=zinx", "zinx.max-conn=20000")) {
			ZinxServer server = context.getBean(ZinxServer.class);
			Process clients = connect(server, FEW);
			Process more = null;
			try {
				measure(context);
				double few = measure(context);
				more = connect(server, MANY - FEW);
				assertThat(page(context).get("connections")).hasSize(100);
				assertThat(page(context).get("connectionCount").asInt()).isEqualTo(MANY);
				double many = measure(context);
				double quiet = lag(server, () -> await().pollDelay(Duration.ofSeconds(3)).until(() -> true));
				double busy = lag(server, () -> measure(context));
				String figures = "%d connections: %.2f ms, %d: %.2f ms; 99 of 100 turns begin within %.2f ms, with requests %.2f ms"
					.formatted(FEW, few, MANY, many, quiet, busy);
				if (PROOF) {
					assertThat(many).as(figures).isLessThan(2 * few);
					assertThat(busy - quiet).as(figures).isLessThan(5);
				}
				Files.writeString(Path.of("target", "endpoint-load.txt"), figures + "\n");
			}
			finally {
				clients.destroyForcibly();
				if (more != null) {
					more.destroyForcibly();
				}
			}
		}
	}

	private static Process connect(ZinxServer server, int count) throws IOException {
		int before = server.connManager().size();
		Process process = ChildJvm.of(List.of("-Xmx128m"), IdleClients.class, "" + server.port(), "" + count)
			.inheritIO()
			.redirectInput(ProcessBuilder.Redirect.PIPE)
			.start();
		await().atMost(Duration.ofMinutes(1)).until(() -> server.connManager().size() == before + count);
		return process;
	}

	/**
	 * How long a request takes, in the middle of many.
	 * @return milliseconds
	 */
	private double measure(ConfigurableApplicationContext context) throws Exception {
		long[] nanos = new long[REQUESTS];
		for (int i = 0; i < REQUESTS; i++) {
			long start = System.nanoTime();
			get(context);
			nanos[i] = System.nanoTime() - start;
		}
		Arrays.sort(nanos);
		return nanos[REQUESTS / 2] / 1e6;
	}

	private JsonNode page(ConfigurableApplicationContext context) throws Exception {
		return new JsonMapper().readTree(get(context));
	}

	private String get(ConfigurableApplicationContext context) throws IOException, InterruptedException {
		String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + port + "/actuator/zinx?limit=100"))
			.build();
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	/**
	 * How late event loops are with what they are to do each millisecond, meanwhile.
	 * @return milliseconds, at the 99th percentile
	 */
	private static double lag(ZinxServer server, Meanwhile meanwhile) throws Exception {
		Queue<Long> lags = new ConcurrentLinkedQueue<>();
		ConcurrentLinkedQueue<ScheduledFuture<?>> ticks = new ConcurrentLinkedQueue<>();
		for (EventExecutor loop : Objects.requireNonNull(server.eventLoops())) {
			ticks.add(loop.scheduleWithFixedDelay(new Tick(lags), 1, 1, TimeUnit.MILLISECONDS));
		}
		meanwhile.run();
		ticks.forEach((tick) -> tick.cancel(false));
		List<Long> sorted = lags.stream().sorted().toList();
		return sorted.get(sorted.size() * 99 / 100) / 1e6;
	}

	private interface Meanwhile {

		void run() throws Exception;

	}

	private static final class Tick implements Runnable {

		private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(1);

		private final Queue<Long> lags;

		private long last = System.nanoTime();

		Tick(Queue<Long> lags) {
			this.lags = lags;
		}

		@Override
		public void run() {
			long now = System.nanoTime();
			this.lags.add(Math.max(0, now - this.last - PERIOD));
			this.last = now;
		}

	}

}
