package io.zinx.server;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Execution;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The things a handler leaves behind on its thread, and those who find them.
 */
class LeftBehindTests {

	private static final int CLIENTS = 6;

	private static final int ROUNDS = 20;

	/** Where each message is handled. */
	private static final Map<Long, Execution> EXECUTIONS = Map.of(0L, Execution.DEFAULT, 1L, Execution.EVENT_LOOP, 2L,
			Execution.WORKER, 3L, Execution.VIRTUAL_THREAD);

	/**
	 * On as few threads as there can be, so that they meet: the same connection sends its
	 * next message in the same read, and others send meanwhile.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void anInterruptEndsWithWhatHasLeftItBehind(Setup setup) throws Exception {
		Interrupts interrupts = new Interrupts();
		ServerConfigBuilder config = setup.config().eventLoops(1).workerPoolSize(1).bindMaxThreads(1);
		try (TestServer server = TestServer.start(config, interrupts::register, interrupts)) {
			exchange(server, interrupts);
			server.awaitSize(0);
		}
		assertThat(interrupts.found).hasSizeGreaterThan(CLIENTS * ROUNDS * 8).containsOnly("not interrupted");
	}

	/**
	 * All else that belongs to a thread is the application's: who leaves it there finds
	 * it there, on that thread, whoever's message it handles then. But no other thread
	 * has it.
	 */
	@ParameterizedTest
	@EnumSource(Setup.class)
	void nothingElseLeavesTheThreadItWasLeftOn(Setup setup) throws Exception {
		ThreadState state = new ThreadState();
		ServerConfigBuilder config = setup.config().eventLoops(2).workerPoolSize(2).bindMaxThreads(2);
		try (TestServer server = TestServer.start(config, state::register, state)) {
			exchange(server, state);
			server.awaitSize(0);
		}
		assertThat(state.looks).isGreaterThan(CLIENTS * ROUNDS * 8);
		assertThat(state.strayed).isEmpty();
	}

	private static void exchange(TestServer server, Visitor visitor) throws Exception {
		List<SocketClient> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(server.connect());
		}
		// A connection takes no tasks before onStart.
		assertThat(visitor.started.await(30, TimeUnit.SECONDS)).isTrue();
		for (int round = 0; round < ROUNDS; round++) {
			CountDownLatch tasks = new CountDownLatch(2 * CLIENTS);
			for (long connId : server.connections().ids()) {
				Connection connection = server.connections().get(connId);
				assertThat(connection).isNotNull();
				assertThat(connection.execute(() -> {
					visitor.leave();
					tasks.countDown();
				})).isTrue();
				assertThat(connection.execute(() -> {
					visitor.look();
					tasks.countDown();
				})).isTrue();
			}
			for (SocketClient client : clients) {
				for (long kind = 0; kind < EXECUTIONS.size(); kind++) {
					client.send(10 + kind, "").send(20 + kind, "").send(20 + (kind + 1) % EXECUTIONS.size(), "");
				}
			}
			for (SocketClient client : clients) {
				for (int i = 0; i < 2 * EXECUTIONS.size(); i++) {
					client.receive();
				}
			}
			assertThat(tasks.await(30, TimeUnit.SECONDS)).isTrue();
		}
		clients.forEach(SocketClient::close);
	}

	/**
	 * Leaves something behind wherever the code of an application may run, and looks
	 * whether there is something.
	 */
	private abstract static class Visitor implements ConnectionListener {

		final CountDownLatch started = new CountDownLatch(CLIENTS);

		void register(RouteRegistry routes) {
			EXECUTIONS.forEach((kind, execution) -> {
				routes.add(10 + kind, (request) -> leave(), "leave " + kind, execution);
				routes.add(20 + kind, this::look, "look " + kind, execution);
			});
		}

		private void look(Request request) {
			look();
			request.reply(request.msgId(), "");
		}

		abstract void look();

		abstract void leave();

		@Override
		public void onStart(Connection connection) {
			look();
			connection.onClose((ended, reason) -> leave());
			connection.onClose((ended, reason) -> leave());
			leave();
			this.started.countDown();
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			look();
			leave();
		}

	}

	private static final class Interrupts extends Visitor {

		private final List<String> found = Collections.synchronizedList(new ArrayList<>());

		@Override
		void look() {
			this.found.add(Thread.currentThread().isInterrupted() ? "interrupted on " + Thread.currentThread().getName()
					: "not interrupted");
		}

		@Override
		void leave() {
			Thread.currentThread().interrupt();
		}

	}

	private static final class ThreadState extends Visitor {

		private static final ThreadLocal<@Nullable String> OWN = new ThreadLocal<>();

		private static final InheritableThreadLocal<@Nullable String> INHERITABLE = new InheritableThreadLocal<>();

		private static final ClassLoader FOREIGN = new URLClassLoader(new URL[0], null);

		private final Set<Thread> met = Collections.newSetFromMap(new ConcurrentHashMap<>());

		private final Set<Thread> leftOn = Collections.newSetFromMap(new ConcurrentHashMap<>());

		private final Set<String> strayed = ConcurrentHashMap.newKeySet();

		private volatile int looks;

		@Override
		@SuppressWarnings("NonAtomicVolatileUpdate")
		synchronized void look() {
			this.looks++;
			Thread thread = Thread.currentThread();
			if (!this.leftOn.contains(thread)) {
				stray("thread local", OWN.get() != null);
				stray("inheritable thread local", INHERITABLE.get() != null);
				stray("MDC", MDC.get("left") != null);
				stray("class loader", thread.getContextClassLoader() == FOREIGN);
				stray("priority", thread.getPriority() != Thread.NORM_PRIORITY);
				stray("name", thread.getName().startsWith("renamed"));
			}
		}

		private void stray(String what, boolean found) {
			if (found) {
				this.strayed.add(what + " on " + Thread.currentThread().getName());
			}
		}

		/**
		 * On every second thread, so that there are others.
		 */
		@Override
		@SuppressWarnings("ThreadPriorityCheck")
		synchronized void leave() {
			Thread thread = Thread.currentThread();
			if (!this.met.add(thread) || this.met.size() % 2 == 0) {
				return;
			}
			this.leftOn.add(thread);
			OWN.set("left");
			INHERITABLE.set("left");
			MDC.put("left", "behind");
			thread.setContextClassLoader(FOREIGN);
			thread.setPriority(Thread.MIN_PRIORITY);
			thread.setName("renamed " + thread.getName());
		}

	}

}
