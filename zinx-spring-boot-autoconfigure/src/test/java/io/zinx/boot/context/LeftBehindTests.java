package io.zinx.boot.context;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The things of Spring that a handler leaves behind on its thread, and those who find
 * them: whoever comes to that thread, and nobody else, also if threads would inherit
 * them.
 */
class LeftBehindTests {

	private static final int CLIENTS = 6;

	private static final int ROUNDS = 20;

	private static final String USER = "left-behind";

	@BeforeAll
	static void inherit() {
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_INHERITABLETHREADLOCAL);
	}

	@AfterAll
	static void inheritNoMore() {
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_THREADLOCAL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hash", "bind", "event-loop" })
	void nothingOfSpringLeavesTheThreadItWasLeftOn(String mode) {
		asIfInAWebRequest(() -> {
			try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Routers.class),
					"zinx.worker-mode=" + mode, "zinx.worker-pool-size=2", "zinx.event-loops=2",
					"zinx.bind-max-threads=2")) {
				Routers routers = context.getBean(Routers.class);
				exchange(context, routers);
				assertThat(routers.cleanThreads).isNotEmpty();
				assertThat(routers.strayed).isEmpty();
			}
		});
	}

	private static void exchange(ConfigurableApplicationContext context, Routers routers) {
		ConnManager connections = context.getBean(ConnManager.class);
		List<SocketClient> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(ZinxApplication.connect(context));
			clients.get(i).send(2, "").receive();
		}
		int looks = CLIENTS;
		for (int round = 0; round < ROUNDS; round++) {
			for (long connId : connections.ids()) {
				Connection connection = connections.get(connId);
				assertThat(connection).isNotNull();
				assertThat(connection.execute(routers::look)).isTrue();
			}
			clients.forEach((client) -> client.send(1, "").send(2, ""));
			clients.forEach(SocketClient::receive);
			looks += 2 * CLIENTS;
			int expected = looks;
			await().until(() -> routers.looks.get() == expected);
		}
		clients.forEach(SocketClient::close);
	}

	/**
	 * Whoever starts the server and gives connections tasks has a user, a locale and a
	 * request, too.
	 */
	private static void asIfInAWebRequest(Runnable work) {
		leave();
		try {
			work.run();
		}
		finally {
			SecurityContextHolder.clearContext();
			LocaleContextHolder.resetLocaleContext();
			RequestContextHolder.resetRequestAttributes();
			TransactionSynchronizationManager.clear();
		}
	}

	private static void leave() {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(USER, "secret"));
		LocaleContextHolder.setLocale(Locale.forLanguageTag("eo"), true);
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()), true);
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.initSynchronization();
		}
	}

	static class Routers {

		private final Set<Thread> met = Collections.newSetFromMap(new ConcurrentHashMap<>());

		private final Set<Thread> leftOn = Collections.newSetFromMap(new ConcurrentHashMap<>());

		private final Set<Thread> cleanThreads = Collections.newSetFromMap(new ConcurrentHashMap<>());

		private final Set<String> strayed = ConcurrentHashMap.newKeySet();

		private final AtomicInteger looks = new AtomicInteger();

		@Bean
		@ZinxRouter(msgId = 1)
		Router leaving() {
			return (request) -> leaveOnEverySecondThread();
		}

		@Bean
		@ZinxRouter(msgId = 2)
		Router looking() {
			return this::look;
		}

		private synchronized void leaveOnEverySecondThread() {
			Thread thread = Thread.currentThread();
			if (this.met.add(thread) && this.met.size() % 2 == 1) {
				this.leftOn.add(thread);
				leave();
			}
		}

		private void look(Request request) {
			look();
			request.reply(2, "");
		}

		private synchronized void look() {
			if (!this.leftOn.contains(Thread.currentThread())) {
				this.cleanThreads.add(Thread.currentThread());
				stray("user", SecurityContextHolder.getContext().getAuthentication());
				stray("locale", LocaleContextHolder.getLocaleContext());
				stray("request", RequestContextHolder.getRequestAttributes());
				stray("transaction", TransactionSynchronizationManager.isSynchronizationActive() ? "active" : null);
			}
			this.looks.incrementAndGet();
		}

		private void stray(String what, @Nullable Object found) {
			if (found != null) {
				this.strayed.add(what + " on " + Thread.currentThread().getName());
			}
		}

	}

}
