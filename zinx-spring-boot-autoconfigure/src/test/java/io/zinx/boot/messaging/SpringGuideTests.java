package io.zinx.boot.messaging;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.zinx.boot.context.ConnectionClosedEvent;
import io.zinx.boot.context.ConnectionRejectedEvent;
import io.zinx.boot.context.ZinxServerLifecycle;
import io.zinx.boot.routing.ZinxIntercept;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Middlewares;
import io.zinx.routing.RouterFunction;
import io.zinx.server.ZinxServer;
import io.zinx.testing.Guide;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SpringGuideTests {

	@Test
	void everyExampleOfTheGuideIsPartOfThisClass() {
		Path source = Path.of("src", "test", "java", "io", "zinx", "boot", "messaging", "SpringGuideTests.java");
		assertThat(Guide.examples("spring.md")).hasSize(6).allMatch((example) -> Guide.contains(source, example));
	}

	@Test
	void theServerWaitsUntilCodeStartsIt() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(OpensLate.class),
				"zinx.auto-startup=false")) {
			ZinxServer server = context.getBean(ZinxServer.class);
			assertThat(server.localAddress()).isNull();
			context.publishEvent(new CatalogLoaded(3));
			assertThat(server.localAddress()).isNotNull();
		}
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
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Players.class, Clock.class, Schedules.class));
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "ann");
			SocketClient.Received time = client.receive();
			while (time.msgId() != 31) {
				assertThat(time.msgId()).isOne();
				time = client.receive();
			}
			assertThat(time.text()).matches("\"\\d+-.*Z\"");
		}
	}

	@Test
	void whatStandsBeforeTheRoutersAndEvents(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(
				List.of(Players.class, Visits.class, GameRules.class, Game.class), "zinx.max-conn=1",
				"logging.level.game=info"); SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(100, "").receive()).hasToString("message 99 \"log in first\"");
			client.send(1, "ann").receive();
			assertThat(client.send(100, "").receive()).hasToString("message 100 \"moved\"");
			Awaitility.await().untilAsserted(() -> assertThat(output.getOut()).containsOnlyOnce("Message 100 took PT"));
			List<String> log = context.getBean(Visits.class).log;
			try (SocketClient rejected = ZinxApplication.connect(context)) {
				Awaitility.await()
					.untilAsserted(() -> assertThat(log)
						.contains("/127.0.0.1:" + rejected.localPort() + " was turned away: max-conn"));
			}
			client.shutdownOutput().awaitClose();
			Awaitility.await().untilAsserted(() -> assertThat(log).contains("[ann] went: " + CloseReason.PEER_CLOSED));
		}
	}

	/**
	 * Each client is alone, and so few threads serve them that they must meet.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "hash", "bind", "event-loop" })
	void whatAHandlerLeavesOnItsThreadReachesNoOtherUser(String mode) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Tidy.class, Untidy.class),
				"zinx.worker-mode=" + mode, "zinx.worker-pool-size=1", "zinx.bind-max-threads=1",
				"zinx.event-loops=1")) {
			for (int i = 0; i < 10; i++) {
				try (SocketClient alice = ZinxApplication.connect(context);
						SocketClient bob = ZinxApplication.connect(context)) {
					assertThat(alice.send(50, "ALICE").receive().text()).isEqualTo("null null null");
					assertThat(bob.send(50, "BOB").receive().text()).isEqualTo("null null null");
				}
			}
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

	@Component
	static class Visits {

		final List<String> log = new CopyOnWriteArrayList<>();

		@EventListener
		void onClosed(ConnectionClosedEvent event) {
			this.log.add(event.connection().keys() + " went: " + event.reason());
		}

		@EventListener
		void onRejected(ConnectionRejectedEvent event) {
			this.log.add(event.remoteAddress() + " was turned away: " + event.reason());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GameRules {

		@Bean
		@Order(1)
		@ZinxIntercept(from = 100, to = 199)
		Interceptor loggedIn() {
			return (request, chain) -> {
				if (request.connection().keys().isEmpty()) {
					request.reply(99, "log in first");
					return;
				}
				chain.proceed(request);
			};
		}

		@Bean
		@ZinxIntercept(from = 100, to = 199)
		RouterFunction timing() {
			return Middlewares.timing((request, duration) -> LoggerFactory.getLogger("game")
				.info("Message {} took {}", request.msgId(), duration));
		}

	}

	static class Game {

		@ZinxRouter(msgId = 100)
		String move() {
			return "moved";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tidy {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		Interceptor nothingStays() {
			return (request, chain) -> {
				try {
					chain.proceed(request);
				}
				finally {
					MDC.clear();
					LocaleContextHolder.resetLocaleContext();
					RequestContextHolder.resetRequestAttributes();
				}
			};
		}

	}

	static class Untidy {

		@ZinxRouter(msgId = 50)
		String leave(Connection connection, String user) {
			Locale locale = (LocaleContextHolder.getLocaleContext() != null) ? LocaleContextHolder.getLocale() : null;
			RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
			String found = MDC.get("user") + " " + locale + " " + attributes;
			MDC.put("user", user);
			LocaleContextHolder.setLocale(Locale.FRANCE);
			RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
			return found;
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

	@Component
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

	@Component
	static class OpensLate {

		private final ZinxServerLifecycle server;

		OpensLate(ZinxServerLifecycle server) {
			this.server = server;
		}

		@EventListener
		void onLoaded(CatalogLoaded event) {
			this.server.start();
		}

	}

	record CatalogLoaded(int items) {
	}

	@EnableScheduling
	static class Schedules {

	}

}
