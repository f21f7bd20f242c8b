package io.zinx.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.dispatch.DispatcherFixture.Peer;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Execution;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.testing.CapturedLog;
import io.zinx.worker.RunningHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class DispatcherTests {

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final Router NOTHING = (request) -> {
	};

	private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

	private final CountDownLatch release = new CountDownLatch(1);

	@ParameterizedTest
	@CsvSource({ "HASH, DEFAULT, dispatched-worker-", "HASH, EVENT_LOOP, multiThreadIoEventLoopGroup",
			"HASH, WORKER, dispatched-worker-", "HASH, VIRTUAL_THREAD, dispatched-conn-",
			"BIND, DEFAULT, dispatched-conn-", "BIND, EVENT_LOOP, multiThreadIoEventLoopGroup",
			"BIND, WORKER, dispatched-worker-", "BIND, VIRTUAL_THREAD, dispatched-conn-",
			"EVENT_LOOP, DEFAULT, multiThreadIoEventLoopGroup", "EVENT_LOOP, EVENT_LOOP, multiThreadIoEventLoopGroup",
			"EVENT_LOOP, WORKER, dispatched-worker-", "EVENT_LOOP, VIRTUAL_THREAD, dispatched-conn-" })
	void aMessageIsHandledWhereItsRouterSaysAndElseWhereTheModeSays(WorkerMode mode, Execution execution, String thread)
			throws Exception {
		RouteRegistry routes = new RouteRegistry().add(1, (request) -> this.seen.add(threadName()), "asked", execution)
			.add(2, (request) -> this.seen.add("plain " + threadName()));
		try (DispatcherFixture fixture = new DispatcherFixture(mode, routes)) {
			fixture.connect().send(1, 2);
			assertThat(next()).startsWith(thread);
			assertThat(next()).startsWith("plain ").contains(switch (mode) {
				case HASH -> "-worker-";
				case BIND -> "-conn-";
				case EVENT_LOOP -> "IoEventLoop";
			});
		}
	}

	@Test
	void thereAreWorkersOnlyIfTheModeOrARouterAsksForThem() {
		assertWorkers(WorkerMode.HASH, new RouteRegistry(), 4);
		assertWorkers(WorkerMode.BIND, new RouteRegistry().add(1, NOTHING, "r", Execution.EVENT_LOOP), 0);
		assertWorkers(WorkerMode.EVENT_LOOP, new RouteRegistry().add(1, NOTHING, "r", Execution.VIRTUAL_THREAD), 0);
		assertWorkers(WorkerMode.BIND, new RouteRegistry().add(1, NOTHING, "r", Execution.WORKER), 4);
		assertWorkers(WorkerMode.EVENT_LOOP, new RouteRegistry().range(1, 9, NOTHING, "r", Execution.WORKER), 4);
		assertWorkers(WorkerMode.BIND, new RouteRegistry().fallback(NOTHING, "r", Execution.WORKER), 4);
	}

	private static void assertWorkers(WorkerMode mode, RouteRegistry routes, int workers) {
		try (DispatcherFixture fixture = new DispatcherFixture(mode, routes)) {
			assertThat(fixture.dispatcher().waiting()).hasSize(workers).allMatch((waiting) -> waiting == 0);
			assertThat(fixture.dispatcher().workers()).extracting(WorkerStatus::capacity)
				.hasSize(workers)
				.allMatch((capacity) -> capacity == 8);
		}
	}

	@Test
	void workersTellWhatWaitsForThemAndWhatTheyAreAt() throws Exception {
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, blocking())) {
			Peer peer = fixture.connect();
			peer.send(7, 1, 1);
			assertThat(next()).isEqualTo("blocked");
			assertThat(fixture.dispatcher().waiting()).containsExactly(0, 2, 0, 0);
			assertThat(fixture.dispatcher().running()).isEmpty();
			fixture.dispatcher().watch();
			fixture.dispatcher().watch();
			List<WorkerStatus> workers = fixture.dispatcher().workers();
			assertThat(workers).extracting(WorkerStatus::index).containsExactly(0, 1, 2, 3);
			assertThat(workers).extracting(WorkerStatus::queued).containsExactly(0, 2, 0, 0);
			assertThat(workers.get(1).saturation()).isEqualTo(0.25);
			assertThat(workers).extracting((worker) -> worker.running() != null)
				.containsExactly(false, true, false, false);
			assertThat(workers.get(1).running()).isNotNull()
				.extracting(RunningHandler::connId, RunningHandler::msgId)
				.containsExactly(1L, 7L);
			this.release.countDown();
			Awaitility.await().until(() -> fixture.dispatcher().waiting().get(1) == 0);
			Awaitility.await().until(() -> fixture.dispatcher().running().isEmpty());
		}
	}

	@ParameterizedTest
	@CsvSource({ "HASH, DEFAULT, true", "BIND, DEFAULT, true", "HASH, EVENT_LOOP, true", "EVENT_LOOP, DEFAULT, false" })
	void aThreadIsThatOfAHandlerWhileItIsInsideALaneThatAnEventLoopDoesNotRunAlone(WorkerMode mode, Execution execution,
			boolean inside) throws Exception {
		CompletableFuture<Dispatcher> dispatcher = new CompletableFuture<>();
		RouteRegistry routes = new RouteRegistry().add(1,
				(request) -> this.seen.add("" + dispatcher.join().isHandlerThread(Thread.currentThread())), "router",
				execution);
		try (DispatcherFixture fixture = new DispatcherFixture(mode, routes)) {
			dispatcher.complete(fixture.dispatcher());
			fixture.connect().send(1);
			assertThat(next()).isEqualTo("" + inside);
			assertThat(fixture.dispatcher().isHandlerThread(Thread.currentThread())).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyMessageIsCountedOnceHoweverItIsHandled(WorkerMode mode) {
		try (DispatcherFixture fixture = new DispatcherFixture(mode, failing())) {
			fixture.connect().send(1, 2, 1, 3);
			fixture.connect().send(2, 1);
			HandlerCounters counters = fixture.metrics().handlers();
			assertThat(counters).isNotNull();
			Awaitility.await().until(() -> counters.handled(1) + counters.handled(2) == 5);
			Awaitility.await().until(() -> fixture.metrics().dropped(DropReason.NO_ROUTER) == 1);
			assertThat(counters.handled(1, HandlerOutcome.SUCCESS)).isEqualTo(3);
			assertThat(counters.handled(2, HandlerOutcome.FAILURE)).isEqualTo(2);
			assertThat(counters.measured(1, HandlerOutcome.SUCCESS)).isEqualTo(3);
			assertThat(fixture.metrics().handlerFailures()).isEqualTo(2);
		}
	}

	@Test
	void whereTrafficIsNotCountedMessagesAreHandledAllTheSame() throws Exception {
		RouteRegistry routes = new RouteRegistry().add(1, (request) -> this.seen.add("handled"));
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, routes,
				ServerMetrics.withoutTraffic())) {
			fixture.connect().send(1);
			assertThat(next()).isEqualTo("handled");
			assertThat(fixture.metrics().handlers()).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH", "BIND" })
	void aStopInterruptsWhatRunsDropsWhatWaitsAndCallsOnStop(WorkerMode mode) throws Exception {
		ConnectionListener hooks = hooks((connection) -> this.seen.add("stopped"));
		try (DispatcherFixture fixture = new DispatcherFixture(mode, blocking(), hooks);
				CapturedLog log = new CapturedLog(Dispatcher.class)) {
			ByteBuf read = fixture.connect().send(7, 1, 1);
			assertThat(next()).isEqualTo("started");
			assertThat(next()).isEqualTo("blocked");
			fixture.dispatcher().stop(Duration.ofSeconds(30));
			assertThat(this.seen).containsExactly("interrupted", "stopped");
			assertThat(read.refCnt()).isZero();
			assertThat(log.lines()).isEmpty();
		}
	}

	@Test
	void aStopWaitsForAHandlerThatIgnoresItNoLongerThanItIsTold() throws Exception {
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, deaf(Execution.DEFAULT));
				CapturedLog log = new CapturedLog(Dispatcher.class)) {
			fixture.connect().send(7);
			assertThat(next()).isEqualTo("deaf");
			fixture.dispatcher().stop(SHORT);
			assertThat(log.lines()).singleElement()
				.asString()
				.matches("\\[dispatched] Workers \\[dispatched-worker-\\d] and 0 threads of connections do not end, "
						+ "the server stops without them: a router or listener ignores the interrupt");
			this.release.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(Execution.class)
	void aStopNeitherInterruptsNorAwaitsAThreadThatIsSpared(Execution execution) throws Exception {
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, deaf(execution));
				CapturedLog log = new CapturedLog(Dispatcher.class)) {
			Peer peer = fixture.connect();
			new Thread(() -> peer.send(7)).start();
			assertThat(next()).isEqualTo("deaf");
			Thread inside = fixture.dispatcher().handlerThreads().findFirst().orElseThrow();
			assertThat(fixture.dispatcher().isHandlerThread(inside)).isTrue();
			assertThat(fixture.dispatcher().isBlockedBy(peer.connection(), inside)).isTrue();
			assertThat(fixture.dispatcher().isBlockedBy(peer.connection(), Thread.currentThread())).isFalse();
			fixture.dispatcher().stop(() -> Duration.ofDays(1), (thread) -> thread == inside);
			assertThat(log.lines()).isEmpty();
			assertThat(inside.isInterrupted()).isFalse();
			this.release.countDown();
		}
	}

	@Test
	void aConnectionIsHeldUpByAThreadThatIsAtItsWorker() throws Exception {
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, deaf(Execution.DEFAULT))) {
			fixture.connect().send(7);
			assertThat(next()).isEqualTo("deaf");
			Thread inside = fixture.dispatcher().handlerThreads().findFirst().orElseThrow();
			List<Peer> others = Stream.generate(fixture::connect).limit(4).toList();
			assertThat(others).map((other) -> fixture.dispatcher().isBlockedBy(other.connection(), inside))
				.containsExactly(false, false, false, true);
			this.release.countDown();
		}
	}

	@Test
	void threadsOfConnectionsThatDoNotEndAreCounted() throws Exception {
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, deaf(Execution.VIRTUAL_THREAD));
				CapturedLog log = new CapturedLog(Dispatcher.class)) {
			fixture.connect().send(7);
			fixture.connect().send(7);
			assertThat(next()).isEqualTo("deaf");
			assertThat(next()).isEqualTo("deaf");
			fixture.dispatcher().stop(SHORT);
			assertThat(log.lines()).singleElement()
				.asString()
				.contains("Workers [] and 2 threads of connections do not end");
			this.release.countDown();
		}
	}

	@Test
	void whoHasNotSeenOnStopSeesItOnAThreadOfItsOwnOnce() {
		ConnectionListener hooks = hooks(
				(connection) -> this.seen.add("stop " + connection.connId() + " on " + threadName()));
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.HASH, new RouteRegistry(), hooks)) {
			fixture.connect();
			fixture.connect();
			Awaitility.await().until(() -> this.seen.size() == 2);
			this.seen.clear();
			fixture.dispatcher().stop(Duration.ofSeconds(30));
			fixture.dispatcher().stop(Duration.ofSeconds(30));
			assertThat(this.seen).containsExactlyInAnyOrder("stop 1 on dispatched-last-hooks",
					"stop 2 on dispatched-last-hooks");
		}
	}

	@Test
	void aStopWaitsForHooksThatHangNoLongerThanItIsTold() {
		ConnectionListener hooks = hooks((connection) -> awaitRelease());
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.BIND, new RouteRegistry(), hooks);
				CapturedLog log = new CapturedLog(Dispatcher.class)) {
			fixture.connect();
			fixture.connect();
			Awaitility.await().until(() -> this.seen.size() == 2);
			fixture.dispatcher().stop(SHORT);
			assertThat(log.lines()).containsExactly("[dispatched] Listeners do not return from onStop in "
					+ "time, the server stops with 2 connections left");
			this.release.countDown();
		}
	}

	@Test
	void whereEventLoopsHandleEverythingTheHooksAreLeftToThem() {
		ConnectionListener hooks = hooks((connection) -> this.seen.add("stopped"));
		try (DispatcherFixture fixture = new DispatcherFixture(WorkerMode.EVENT_LOOP, new RouteRegistry(), hooks)) {
			fixture.connect();
			fixture.dispatcher().stop(Duration.ofSeconds(30));
			assertThat(this.seen).containsExactly("started");
		}
	}

	private RouteRegistry blocking() {
		return new RouteRegistry().add(1, (request) -> this.seen.add("not dropped")).add(7, (request) -> {
			this.seen.add("blocked");
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				this.seen.add("interrupted");
			}
		});
	}

	private RouteRegistry deaf(Execution execution) {
		return new RouteRegistry().add(7, (request) -> {
			this.seen.add("deaf");
			awaitRelease();
		}, "deaf", execution);
	}

	private void awaitRelease() {
		while (this.release.getCount() > 0) {
			Thread.onSpinWait();
		}
	}

	private static RouteRegistry failing() {
		return new RouteRegistry().add(1, NOTHING).add(2, (request) -> {
			throw new IllegalStateException("on purpose");
		});
	}

	private ConnectionListener hooks(Consumer<Connection> onStop) {
		return new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				DispatcherTests.this.seen.add("started");
			}

			@Override
			public void onStop(Connection connection, CloseReason reason) {
				onStop.accept(connection);
			}
		};
	}

	private String next() throws InterruptedException {
		return String.valueOf(this.seen.poll(30, TimeUnit.SECONDS));
	}

	private static String threadName() {
		return Thread.currentThread().getName();
	}

}
