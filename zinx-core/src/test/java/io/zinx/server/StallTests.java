package io.zinx.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.connection.Connection;
import io.zinx.routing.Request;
import io.zinx.testing.Report;
import io.zinx.testing.SocketClient;
import io.zinx.testing.SocketClient.Received;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that check the order, the owner and the time of every reply, of servers whose
 * handlers sleep, compute, and give themselves more work. Some seconds with a few
 * clients; minutes with {@code zinx.proof.minutes}, as {@code .ci/proof stalls} sets it.
 * The report is {@code target/stalls.txt}.
 */
class StallTests {

	private static final int MINUTES = Integer.getInteger("zinx.proof.minutes", 0);

	private static final int CLIENTS = (MINUTES > 0) ? 60 : 6;

	/** How long one server runs. */
	private static final Duration ROUND = (MINUTES > 0) ? Duration.ofSeconds(15) : Duration.ofSeconds(1);

	/**
	 * A reply that comes later is a stall: handlers sleep for 50 ms at most, and what
	 * waits for a wake-up that was lost waits for ever.
	 */
	private static final Duration LATE = Duration.ofSeconds(5);

	private static final int ECHO = 1;

	private static final int LATER = 3;

	private final Report report = Report.begin("stalls.txt");

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final LongAdder replies = new LongAdder();

	@Test
	void everyReplyComesInOrderToItsOwnerAndInTime() throws Exception {
		long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
		long seed = (MINUTES > 0) ? System.currentTimeMillis() : 1;
		int rounds = 0;
		do {
			for (Setup setup : List.of(Setup.HASH_EPOLL, Setup.HASH_NIO, Setup.BIND_EPOLL)) {
				run(setup, seed + rounds);
				rounds++;
			}
		}
		while (System.nanoTime() < end && this.failures.isEmpty());
		this.report.write(rounds + " servers, " + this.replies + " replies, " + this.failures.size() + " failures, JDK "
				+ Runtime.version());
		assertThat(this.failures).as("see zinx-core/" + this.report).isEmpty();
	}

	private void run(Setup setup, long seed) throws Exception {
		SplittableRandom random = new SplittableRandom(seed);
		int workers = random.nextInt(2, 12);
		int loops = random.nextInt(1, 4);
		long before = this.replies.sum();
		try (TestServer server = TestServer.start(setup.config().workerPoolSize(workers).eventLoops(loops),
				(routes) -> routes.add(ECHO + 1, StallTests::handle))) {
			long end = System.nanoTime() + ROUND.toNanos();
			List<Client> clients = IntStream.range(0, CLIENTS)
				.mapToObj((number) -> new Client(number, server.server().port(), random.split(), end))
				.toList();
			clients.forEach(Thread::start);
			for (Client client : clients) {
				client.join(ROUND.toMillis() + 60_000);
				if (client.isAlive()) {
					this.failures.add(client.getName() + " does not end");
				}
			}
			List<Long> times = clients.stream().flatMap((client) -> client.times.stream()).sorted().toList();
			this.report.write("seed " + seed + " " + setup + ", " + workers + " workers, " + loops + " loops: "
					+ (this.replies.sum() - before) + " replies, bursts of those whose handlers do not sleep: median "
					+ micros(times, 0.5) + " us, 99 % " + micros(times, 0.99) + " us, the longest " + micros(times, 1)
					+ " us");
			if (!this.failures.isEmpty()) {
				this.report.write(String.join("\n", this.failures));
				this.report.write(stacks());
			}
		}
	}

	private static long micros(List<Long> sorted, double part) {
		return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * part)) / 1000;
	}

	/**
	 * The kinds of work that a message asks for. Its body says so, whose it is, and which
	 * one.
	 */
	private enum Kind {

		QUICK('q'), COMPUTE('c'), SLEEP('s'), LATER('l'), TWICE_LATER('t');

		private final byte code;

		Kind(char code) {
			this.code = (byte) code;
		}

		static Kind of(byte code) {
			return Stream.of(values()).filter((kind) -> kind.code == code).findFirst().orElseThrow();
		}

	}

	private static void handle(Request request) {
		ByteBuffer body = ByteBuffer.wrap(request.body());
		Connection connection = request.connection();
		byte[] answer = body.array();
		switch (Kind.of(body.get())) {
			case QUICK -> request.reply(ECHO, answer);
			case COMPUTE -> {
				long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(20 + (answer[1] & 0x7F));
				while (System.nanoTime() - end < 0) {
					Thread.onSpinWait();
				}
				request.reply(ECHO, answer);
			}
			case SLEEP -> {
				pause(TimeUnit.MILLISECONDS.toNanos(answer[1] & 0x3F));
				request.reply(ECHO, answer);
			}
			case LATER -> connection.execute(() -> connection.send(LATER, answer));
			case TWICE_LATER -> connection.execute(() -> connection.execute(() -> connection.send(LATER, answer)));
		}
	}

	private static void pause(long nanos) {
		long end = System.nanoTime() + nanos;
		while (System.nanoTime() - end < 0) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

	private static String stacks() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getName().contains("test-"))
			.map((Map.Entry<Thread, StackTraceElement[]> entry) -> entry.getKey().getName() + " "
					+ entry.getKey().getState() + "\n\t"
					+ List.of(entry.getValue())
						.stream()
						.limit(12)
						.map(StackTraceElement::toString)
						.collect(Collectors.joining("\n\t")))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * Sends bursts, and checks their replies. One in ten has only handlers that sleep.
	 */
	private final class Client extends Thread {

		private final int number;

		private final int port;

		private final SplittableRandom random;

		private final long end;

		private final List<Long> times = new ArrayList<>();

		private int sequence;

		Client(int number, int port, SplittableRandom random, long end) {
			super("client-" + number);
			setDaemon(true);
			this.number = number;
			this.port = port;
			this.random = random;
			this.end = end;
		}

		@Override
		public void run() {
			try {
				while (System.nanoTime() - this.end < 0) {
					try (SocketClient client = SocketClient.connect(this.port)) {
						for (int i = this.random.nextInt(1, 500); i > 0 && System.nanoTime() - this.end < 0; i--) {
							burst(client);
						}
					}
				}
			}
			catch (Throwable ex) {
				StallTests.this.failures.add("client " + this.number + ", message " + this.sequence + ": " + ex);
			}
		}

		private void burst(SocketClient client) throws IOException {
			List<byte[]> atOnce = new ArrayList<>();
			List<byte[]> later = new ArrayList<>();
			int length = this.random.nextInt(1, 17);
			ByteBuffer frames = ByteBuffer.allocate(length * 32);
			for (int i = 0; i < length; i++) {
				Kind kind = kind();
				byte[] body = ByteBuffer.allocate(10)
					.put(kind.code)
					.put((byte) this.random.nextInt(256))
					.putInt(this.number)
					.putInt(this.sequence++)
					.array();
				frames.put(SocketClient.frame(ECHO + 1, body));
				((kind == Kind.LATER || kind == Kind.TWICE_LATER) ? later : atOnce).add(body);
			}
			long begin = System.nanoTime();
			byte[] bytes = new byte[frames.flip().remaining()];
			frames.get(bytes);
			client.sendRaw(bytes);
			check(client, atOnce, later, length);
			long took = System.nanoTime() - begin;
			StallTests.this.replies.add(length);
			assertThat(Duration.ofNanos(took)).as("the time of a burst of %s", length).isLessThan(LATE);
			if (!isSleeper()) {
				this.times.add(took);
			}
			think();
		}

		/**
		 * Two tasks that follow each other may change places: one may be done later by
		 * another task.
		 */
		private void check(SocketClient client, List<byte[]> atOnce, List<byte[]> later, int length) {
			int next = 0;
			for (int i = 0; i < length; i++) {
				Received reply = client.receive();
				if (reply.msgId() == ECHO) {
					assertThat(reply.body()).as("reply %s", next).isEqualTo(atOnce.get(next++));
				}
				else {
					assertThat(later.removeIf((body) -> Arrays.equals(body, reply.body()))).as("own task").isTrue();
				}
			}
			assertThat(later).isEmpty();
		}

		private boolean isSleeper() {
			return this.number % 10 == 9;
		}

		private Kind kind() {
			if (isSleeper()) {
				return Kind.SLEEP;
			}
			int dice = this.random.nextInt(1000);
			if (dice < 850) {
				return Kind.QUICK;
			}
			if (dice < 900) {
				return Kind.COMPUTE;
			}
			if (dice < 905) {
				return Kind.SLEEP;
			}
			return (dice < 960) ? Kind.LATER : Kind.TWICE_LATER;
		}

		private void think() {
			int dice = this.random.nextInt(20);
			if (dice == 0) {
				pause(TimeUnit.MICROSECONDS.toNanos(this.random.nextInt(1, 5000)));
			}
		}

	}

}
