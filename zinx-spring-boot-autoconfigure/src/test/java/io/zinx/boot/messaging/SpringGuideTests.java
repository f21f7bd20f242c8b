package io.zinx.boot.messaging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

class SpringGuideTests {

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "messaging", "SpringGuideTests.java");
		assertThat(Guide.examples("spring.md")).hasSize(2).allMatch((example) -> Guide.contains(source, example));
	}

	@Test
	void aControllerPushesToAUser() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(Players.class, Pushes.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(post(context, "/push/ann", "dinner is ready")).isEqualTo("0");
			client.send(1, "ann").receive();
			assertThat(post(context, "/push/ann", "dinner is ready")).isEqualTo("1");
			assertThat(client.receive()).hasToString("message 30 \"{\"text\":\"dinner is ready\"}\"");
		}
	}

	@Test
	void aScheduledMethodSendsToAGroup() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Players.class, Clock.class));
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "ann").receive();
			SocketClient.Received time = client.receive();
			assertThat(time.msgId()).isEqualTo(31);
			assertThat(time.text()).matches("\"\\d+-.*Z\"");
		}
	}

	private static String post(ConfigurableApplicationContext context, String path, String body)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Content-Type", "text/plain")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
	}

	record Notice(String text) {

	}

	static class Players {

		private final ConnManager connections;

		Players(ConnManager connections) {
			this.connections = connections;
		}

		@ZinxRouter(msgId = 1)
		String login(Connection connection, String user) {
			connection.bind(user);
			this.connections.group("clocks").join(connection);
			return "welcome";
		}

	}

	@RestController
	static class Pushes {

		private final ZinxTemplate zinx;

		Pushes(ZinxTemplate zinx) {
			this.zinx = zinx;
		}

		@PostMapping("/push/{user}")
		int push(@PathVariable String user, @RequestBody String text) {
			return this.zinx.sendToKey(user, 30, new Notice(text)).reached();
		}

	}

	@EnableScheduling
	static class Clock {

		private final ZinxTemplate zinx;

		Clock(ZinxTemplate zinx) {
			this.zinx = zinx;
		}

		@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
		void tick() {
			this.zinx.sendToGroup("clocks", 31, Instant.now());
		}

	}

}
