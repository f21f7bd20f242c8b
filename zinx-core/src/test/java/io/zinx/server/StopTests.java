package io.zinx.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.routing.Execution;
import io.zinx.routing.Router;
import io.zinx.testing.ChildJvm;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time a stop takes, and those for whom it does not wait.
 */
class StopTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	/** Far longer than a stop takes that does not wait for its caller. */
	private static final Duration GRACE = Duration.ofMinutes(2);

	private final AtomicInteger entered = new AtomicInteger();

	private final AtomicInteger interrupted = new AtomicInteger();

	private final CountDownLatch release = new CountDownLatch(1);

	private final ConcurrentLinkedQueue<Long> stops = new ConcurrentLinkedQueue<>();

	private final ConnectionListener hooks = new ConnectionListener() {
		@Override
		public void onStop(Connection connection, CloseReason reason) {
			StopTests.this.stops.add(connection.connId());
		}
	};

	private static Duration stop(TestServer server, Duration gracePeriod) {
		long begun = System.nanoTime();
		server.server().stop(gracePeriod);
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	private List<SocketClient> clients(TestServer server, int count) {
		List<SocketClient> clients = Stream.generate(server::connect).limit(count).toList();
		server.awaitSize(count);
		return clients;
	}

	@ParameterizedTest
	@CsvSource({ "LOOP_EPOLL, 1", "LOOP_EPOLL, 8", "LOOP_NIO, 1", "LOOP_NIO, 8" })
	void eventLoopsThatAreBlockedForGoodProlongAStopByAFewSecondsHoweverManyTheyAre(Setup setup, int loops) {
		String name = "blocked-" + setup + "-" + loops;
		try (TestServer server = TestServer.start(setup.config().name(name).eventLoops(loops),
				(routes) -> routes.add(7, (request) -> {
					this.entered.incrementAndGet();
					while (this.release.getCount() > 0) {
						LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
					}
				}), this.hooks)) {
			List<SocketClient> clients = clients(server, 2 * loops);
			clients.forEach((client) -> client.send(7, ""));
			Awaitility.await().until(() -> this.entered.get() == loops);
			assertThat(stop(server, SHORT)).isLessThan(Duration.ofSeconds(9));
			assertThat(server.server().state()).isEqualTo(State.STOPPED);
			assertThat(server.connections().size()).isZero();
			assertThat(this.stops).hasSize(2 * loops).doesNotHaveDuplicates();
			this.release.countDown();
			clients.forEach(SocketClient::awaitClose);
			clients.forEach(SocketClient::close);
			Awaitility.await().until(() -> noThreadBeginsWith(name + "-io"));
			assertThat(this.stops).hasSize(2 * loops);
		}
	}

	private static boolean noThreadBeginsWith(String name) {
		return Thread.getAllStackTraces().keySet().stream().noneMatch((thread) -> thread.getName().startsWith(name));
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatIsStillBeingHandledWhenTheGracePeriodIsOverIsInterrupted(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().eventLoops(2), (routes) -> routes.add(7, (request) -> {
			this.entered.incrementAndGet();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				this.interrupted.incrementAndGet();
			}
		}), this.hooks)) {
			List<SocketClient> clients = clients(server, 2);
			clients.forEach((client) -> client.send(7, ""));
			Awaitility.await().until(() -> this.entered.get() == 2);
			assertThat(stop(server, SHORT)).isLessThan(Duration.ofSeconds(6));
			assertThat(this.interrupted).hasValue(2);
			assertThat(this.stops).containsExactlyInAnyOrder(1L, 2L);
			assertThat(server.connections().size()).isZero();
			clients.forEach(SocketClient::awaitClose);
			clients.forEach(SocketClient::close);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aRouterMayStopItsServerWhichDoesNotWaitForIt(Setup setup) throws Exception {
		AtomicReference<@Nullable TestServer> itself = new AtomicReference<>();
		BlockingQueue<Duration> took = new LinkedBlockingQueue<>();
		try (TestServer server = TestServer.start(setup.config().eventLoops(2).gracePeriod(GRACE),
				(routes) -> routes.add(2, stopping(itself, took)), this.hooks);
				SocketClient caller = server.connect();
				SocketClient other = server.connect()) {
			itself.set(server);
			caller.send(1, "hello").receive();
			other.send(1, "hello").receive();
			caller.send(2, "");
			assertThat(took.poll(60, TimeUnit.SECONDS)).isNotNull().isLessThan(Duration.ofSeconds(10));
			assertThat(server.server().state()).isEqualTo(State.STOPPED);
			assertThat(server.connections().size()).isZero();
			assertThat(this.stops).containsExactlyInAnyOrder(1L, 2L);
			assertThat(this.interrupted).hasValue(0);
			other.awaitClose();
			caller.awaitClose();
			server.server().start();
			try (SocketClient again = server.connect()) {
				assertThat(again.send(1, "again").receive().text()).isEqualTo("again");
			}
			server.server().stop(Duration.ZERO);
		}
	}

	private Router stopping(AtomicReference<@Nullable TestServer> itself, BlockingQueue<Duration> took) {
		return (request) -> {
			TestServer server = itself.get();
			if (server != null) {
				this.entered.incrementAndGet();
				Duration stopped = stop(server, GRACE);
				this.interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
				took.add(stopped);
			}
		};
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aStopThatIsUnderWayNoLongerWaitsForARouterThatCallsForItToo(Setup setup) throws Exception {
		AtomicReference<@Nullable TestServer> itself = new AtomicReference<>();
		BlockingQueue<Duration> took = new LinkedBlockingQueue<>();
		Router stopping = stopping(itself, took);
		try (TestServer server = TestServer.start(setup.config().eventLoops(2), (routes) -> routes.add(2, (request) -> {
			this.entered.incrementAndGet();
			this.release.await();
			stopping.handle(request);
		})); SocketClient caller = server.connect()) {
			itself.set(server);
			caller.send(2, "");
			Awaitility.await().until(() -> this.entered.get() == 1);
			Thread stopper = new Thread(() -> stop(server, GRACE));
			stopper.start();
			Awaitility.await().until(() -> server.server().state() == State.STOPPING);
			this.release.countDown();
			assertThat(took.poll(60, TimeUnit.SECONDS)).isNotNull().isLessThan(Duration.ofSeconds(10));
			stopper.join(10_000);
			assertThat(stopper.isAlive()).isFalse();
			assertThat(server.connections().size()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aRouterMayEndTheJvmWhichDoesNotWaitForIt(Setup setup) throws Exception {
		Process process = ChildJvm.of(List.of("-Xmx128m"), ExitingServer.class, setup.name())
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("whether it has ended").isTrue();
			assertThat(process.exitValue()).isEqualTo(ExitingServer.STATUS);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * The event loop and whoever calls the last hooks are blocked by a hook, and a worker
	 * by a router: each step of the stop waits in vain, but all of them together no
	 * longer than they may.
	 */
	@Test
	void whateverIsBlockedAllStepsOfAStopHaveOneDeadline() {
		ConnectionListener blocking = new ConnectionListener() {
			@Override
			public void onStop(Connection connection, CloseReason reason) {
				awaitRelease();
			}
		};
		ServerConfigBuilder config = Setup.LOOP_NIO.config().eventLoops(1).flushTimeout(Duration.ofMillis(100));
		try (TestServer server = TestServer.start(config, (routes) -> routes.add(7, (request) -> {
			this.entered.incrementAndGet();
			awaitRelease();
		}, "blocking", Execution.WORKER), blocking)) {
			List<SocketClient> clients = clients(server, 3);
			clients.get(0).send(7, "");
			Awaitility.await().until(() -> this.entered.get() == 1);
			assertThat(stop(server, Duration.ZERO)).isLessThan(Duration.ofSeconds(9));
			assertThat(server.server().state()).isEqualTo(State.STOPPED);
			this.release.countDown();
			clients.forEach(SocketClient::close);
		}
	}

	private void awaitRelease() {
		while (this.release.getCount() > 0) {
			LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
		}
	}

	@Test
	void aGoodbyeThatHangsProlongsNoStop() {
		Goodbye goodbye = (connection, reason) -> {
			this.entered.incrementAndGet();
			while (this.release.getCount() > 0) {
				LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
			}
			return null;
		};
		try (TestServer server = TestServer
			.start(ServerConfig.builder().drain(DrainSettings.DEFAULTS.withGoodbye(goodbye)))) {
			List<SocketClient> clients = clients(server, 2);
			assertThat(stop(server, SHORT)).isLessThan(Duration.ofSeconds(6));
			assertThat(this.entered).hasValue(1);
			clients.forEach(SocketClient::awaitClose);
			clients.forEach(SocketClient::close);
			this.release.countDown();
		}
	}

}
