package io.zinx.server;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.Group;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.routing.RouteRegistry;
import io.zinx.session.DuplicateLogin;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that do anything at any moment, and an application that does, too: in the end
 * nothing is left.
 */
class ChaosTests {

	private static final int CLIENTS = Integer.getInteger("zinx.proof.clients", 60);

	private static final int PUSHERS = 2;

	private static final int THREADS = 8 + PUSHERS;

	/** Less than there are clients at one time, so that some have to wait. */
	private static final int MAX_CONN = 6;

	private static final int KEYS = 5;

	private static final List<DuplicateLogin> LOGINS = List.of(DuplicateLogin.values());

	private static final Duration LONG = Duration.ofSeconds(30);

	private final AtomicInteger started = new AtomicInteger();

	private final AtomicInteger stopped = new AtomicInteger();

	private final AtomicInteger registered = new AtomicInteger();

	private final AtomicInteger called = new AtomicInteger();

	private final Queue<CompletableFuture<?>> sent = new ConcurrentLinkedQueue<>();

	static Stream<Arguments> setups() {
		return Stream.of(Setup.values())
			.flatMap((setup) -> Stream.of(SlowConsumerPolicy.values()).map((policy) -> Arguments.of(setup, policy)));
	}

	@ParameterizedTest
	@MethodSource("setups")
	void nothingIsLeftOfClientsThatDoAnythingAtAnyMoment(Setup setup, SlowConsumerPolicy policy) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		AtomicBoolean over = new AtomicBoolean();
		try (TestServer server = TestServer.start(config(setup, policy), this::addRoutes, new Counting())) {
			List<Future<?>> running = new ArrayList<>();
			IntStream.range(0, PUSHERS).forEach((i) -> running.add(threads.submit(() -> push(server, over))));
			List<Future<?>> clients = new ArrayList<>();
			IntStream.range(0, CLIENTS).forEach((seed) -> clients.add(threads.submit(() -> actAsClient(server, seed))));
			for (Future<?> client : clients) {
				client.get(1, TimeUnit.MINUTES);
			}
			over.set(true);
			for (Future<?> pusher : running) {
				pusher.get(1, TimeUnit.MINUTES);
			}
			assertNothingIsLeft(server);
		}
		finally {
			over.set(true);
			threads.shutdownNow();
		}
	}

	private static ServerConfigBuilder config(Setup setup, SlowConsumerPolicy policy) {
		return setup.config()
			.eventLoops(2)
			.workerPoolSize(3)
			.maxWorkerTaskLen(20)
			.outboundMaxBytes(60_000)
			.outboundTotalMaxBytes(200_000)
			.socketBuffers(0, 8192)
			.slowConsumerPolicy(policy)
			.blockTimeout(Duration.ofMillis(300))
			.flushTimeout(Duration.ofMillis(500))
			.maxConn(MAX_CONN)
			.connections(ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT));
	}

	private void assertNothingIsLeft(TestServer server) {
		ConnManager manager = server.connections();
		Awaitility.await().atMost(LONG).until(() -> manager.size() == 0);
		Awaitility.await().atMost(LONG).until(() -> manager.waiting() == 0);
		Awaitility.await()
			.atMost(LONG)
			.until(() -> server.server().workerQueueSizes().stream().allMatch((waiting) -> waiting == 0));
		Awaitility.await().atMost(LONG).until(() -> this.sent.stream().allMatch(CompletableFuture::isDone));
		assertThat(manager.groups()).isEmpty();
		assertThat(manager.ids()).isEmpty();
		IntStream.range(0, KEYS).forEach((key) -> assertThat(manager.allByKey("key-" + key)).isEmpty());
		assertThat(this.started.get()).isEqualTo(server.metrics().accepted());
		assertThat(this.stopped.get()).isEqualTo(this.started.get());
		assertThat(this.called.get()).isEqualTo(this.registered.get());
	}

	private void addRoutes(RouteRegistry routes) {
		routes.add(2, (request) -> request.reply(2, new byte[5000]));
		routes.add(3, (request) -> request.connection().close(CloseReason.KICKED));
		routes.addAsync(4, (request) -> CompletableFuture.runAsync(() -> {
		}, CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS)));
		routes.add(5, (request) -> request.connection().bind("key-" + request.connection().connId() % KEYS));
		routes.add(6, (request) -> {
			throw new IllegalStateException("As the test says");
		});
		routes.add(7, (request) -> hearOfEnd(request.connection()));
		routes.add(8, (request) -> sendAsync(request.connection()));
	}

	private void hearOfEnd(Connection connection) {
		this.registered.incrementAndGet();
		connection.onClose((closed, reason) -> this.called.incrementAndGet());
	}

	private void sendAsync(Connection connection) {
		this.sent.add(connection.sendAsync(11, new byte[600]).toCompletableFuture());
	}

	private void push(TestServer server, AtomicBoolean over) {
		Random random = new Random(1);
		while (!over.get()) {
			server.connections().forEach((connection) -> push(server.connections(), connection, random));
			LockSupport.parkNanos(1);
		}
	}

	private void push(ConnManager manager, Connection connection, Random random) {
		Group group = manager.group("group-" + random.nextInt(3));
		switch (random.nextInt(12)) {
			case 0 -> connection.send(10, new byte[random.nextInt(2000)]);
			case 1 -> sendAsync(connection);
			case 2 -> group.join(connection);
			case 3 -> group.leave(connection);
			case 4 -> connection.bind("key-" + random.nextInt(KEYS), LOGINS.get(random.nextInt(LOGINS.size())));
			case 5 -> connection.execute(() -> connection.send(12, new byte[10]));
			case 6 -> hearOfEnd(connection);
			case 7 -> group.broadcast(13, new byte[700]);
			default -> {
			}
		}
	}

	private static void actAsClient(TestServer server, int seed) {
		Random random = new Random(seed);
		try (SocketClient client = server.connect()) {
			for (int action = 0; action < 20; action++) {
				act(client, random.nextInt(9));
			}
			end(client, random.nextInt(6));
		}
		catch (UncheckedIOException | AssertionError ex) {
			assertThat(ex).as("the server may close it at any moment").isNotNull();
		}
	}

	private static void act(SocketClient client, int what) {
		switch (what) {
			case 0 -> client.send(1, "ping");
			case 1 -> client.sendRaw(many(2, 30));
			case 2 -> client.send(4, "later").send(1, "x");
			case 3 -> client.send(5, "bind").send(7, "");
			case 4 -> client.send(6, "throw").send(8, "");
			case 5 -> client.sendRaw(new byte[] { 0, 0, 0 }).sendRaw(new byte[] { 1, 0, 0, 0, 1, 9 });
			case 6 -> client.sendRaw(many(1, 200));
			case 7 -> client.receive();
			default -> {
			}
		}
	}

	private static void end(SocketClient client, int how) {
		switch (how) {
			case 0 -> client.reset();
			case 1 -> client.shutdownOutput().receive();
			case 2 -> client.send(3, "kick me");
			case 3 -> client.sendRaw(new byte[] { -1, -1, -1, -1, -1, -1, -1, -1 });
			default -> {
			}
		}
	}

	private static byte[] many(int msgId, int count) {
		byte[] frame = SocketClient.frame(msgId, "abc");
		ByteBuffer all = ByteBuffer.allocate(count * frame.length);
		IntStream.range(0, count).forEach((i) -> all.put(frame));
		return all.array();
	}

	private final class Counting implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			ChaosTests.this.started.incrementAndGet();
			connection.send(9, "hello");
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			ChaosTests.this.stopped.incrementAndGet();
			connection.send(9, "bye");
		}

	}

}
