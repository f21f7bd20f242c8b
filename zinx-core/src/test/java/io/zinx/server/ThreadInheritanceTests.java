package io.zinx.server;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Execution;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thread of a server serves everybody, whoever was the one for whom it was started.
 */
class ThreadInheritanceTests {

	private static final int CLIENTS = 10;

	private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

	private static final ClassLoader APPLICATION = new URLClassLoader(new URL[0],
			ThreadInheritanceTests.class.getClassLoader());

	/**
	 * Alice starts the server and gives every connection something to do, before any of
	 * them sends: what threads there are, she has caused.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void noThreadHasAnythingOfWhoeverCausedIt(Setup setup) throws Exception {
		Sights sights = new Sights();
		ServerConfigBuilder config = setup.config().classLoader(APPLICATION).workerPoolSize(4).bindMaxThreads(4);
		try (TestServer server = asAlice(() -> TestServer.start(config, sights::register, sights))) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(server.connect());
			}
			server.awaitSize(CLIENTS);
			asAlice(() -> sights.executeEverywhere(server));
			sights.awaitTasks();
			for (int round = 0; round < 20; round++) {
				for (SocketClient client : clients) {
					for (long msgId = 10; msgId < 14; msgId++) {
						client.send(msgId, "");
					}
				}
				for (SocketClient client : clients) {
					for (int i = 0; i < 4; i++) {
						assertThat(client.receive().text()).isEqualTo("no tenant, class loader of the application");
					}
				}
			}
			clients.forEach(SocketClient::close);
			server.awaitSize(0);
		}
		assertThat(sights.seen).hasSizeGreaterThanOrEqualTo(3 * CLIENTS)
			.containsOnly("no tenant, class loader of the application");
	}

	@Test
	void unlessToldOtherwiseTheClassLoaderIsThatOfWhoeverHasMadeTheConfiguration() throws Exception {
		ClassLoader given = asAlice(() -> ServerConfig.builder().build().classLoader());
		assertThat(given).isNotSameAs(getClass().getClassLoader()).isInstanceOf(URLClassLoader.class);
		assertThat(ServerConfig.builder().build().classLoader())
			.isSameAs(Thread.currentThread().getContextClassLoader());
	}

	private static <T extends @Nullable Object> T asAlice(Supplier<T> action) throws Exception {
		CompletableFuture<T> done = new CompletableFuture<>();
		Thread alice = new Thread(() -> {
			TENANT.set("ALICE");
			try {
				done.complete(action.get());
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		alice.setContextClassLoader(new URLClassLoader(new URL[0], null));
		alice.start();
		return done.get(30, TimeUnit.SECONDS);
	}

	/**
	 * What tasks, hooks and routers find on their threads.
	 */
	private static final class Sights implements ConnectionListener {

		private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

		private final CountDownLatch tasks = new CountDownLatch(CLIENTS);

		void register(RouteRegistry routes) {
			Router look = (request) -> request.reply(request.msgId(), look());
			routes.add(10, look, "default");
			routes.add(11, look, "loop", Execution.EVENT_LOOP);
			routes.add(12, look, "worker", Execution.WORKER);
			routes.add(13, look, "own thread", Execution.VIRTUAL_THREAD);
		}

		@Nullable Void executeEverywhere(TestServer server) {
			for (long connId : server.connections().ids()) {
				Connection connection = server.connections().get(connId);
				assertThat(connection).isNotNull();
				assertThat(connection.execute(() -> {
					this.seen.add(look());
					this.tasks.countDown();
				})).isTrue();
			}
			return null;
		}

		void awaitTasks() throws InterruptedException {
			assertThat(this.tasks.await(30, TimeUnit.SECONDS)).isTrue();
		}

		private static String look() {
			String tenant = TENANT.get();
			boolean own = Thread.currentThread().getContextClassLoader() == APPLICATION;
			return ((tenant != null) ? tenant : "no tenant") + ", class loader of "
					+ (own ? "the application" : "somebody else");
		}

		@Override
		public void onStart(Connection connection) {
			this.seen.add(look());
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			this.seen.add(look());
		}

	}

}
