package io.zinx.traffic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import javax.net.ssl.SSLContext;

import io.zinx.connection.Connection;
import io.zinx.testing.TestTls;
import io.zinx.traffic.Settings.Parting;
import io.zinx.transport.ServerBindException;
import org.jspecify.annotations.Nullable;

/**
 * One server, and clients that come and go until all of them have done what their scripts
 * say. All follows from the seed, but for the order among threads.
 */
final class Round {

	/** The most clients at one time, but for those that stay. */
	private static final int AT_A_TIME = 40;

	/**
	 * The time a drain, or a stop, may take, which is less than the grace period: its
	 * clients read all that they get, but the code is not compiled yet at first.
	 */
	private static final Duration PARTING = Duration.ofSeconds(15);

	private static final long PUSH_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	/**
	 * Fewer pushes while the server parts: a client is not read while it is congested, so
	 * they would decide how long that takes where the processors are busy.
	 */
	private static final long PUSH_NANOS_PARTING = TimeUnit.MILLISECONDS.toNanos(2);

	private final long seed;

	private final List<TrafficClient> clients;

	private final TrafficServer server;

	private final @Nullable SSLContext tls;

	private final SplittableRandom random;

	private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger finished = new AtomicInteger();

	private final Parting parting;

	/** True while the server stops or drains. */
	private volatile boolean isParting;

	private volatile boolean over;

	Round(long seed, int clients) {
		this.seed = seed;
		this.random = Scripts.random(seed, -2);
		Combination combination = Combination.of(seed);
		this.clients = IntStream.range(0, clients)
			.mapToObj((number) -> Scripts.make(seed, number))
			.map((script) -> new TrafficClient(script, new Ledger(script), seed))
			.toList();
		this.server = new TrafficServer(seed, this.clients.stream().map((client) -> client.ledger).toList(),
				new Handling(combination.mode(), this.timer));
		this.tls = combination.tls() ? TestTls.clientContext() : null;
		this.parting = this.server.settings().parting();
	}

	/**
	 * Run it to its end.
	 * @return what came of it
	 */
	Result run() throws Exception {
		long start = System.nanoTime();
		try (LogWatch log = new LogWatch()) {
			this.server.server().start();
			play();
			List<String> errors = new ArrayList<>(this.server.errors);
			errors.addAll(log.lines());
			errors.addAll(new Sums(this.server, this.clients).check());
			for (TrafficClient client : this.clients) {
				errors.addAll(errors(client));
			}
			return new Result(this.seed, describe(), errors, Duration.ofNanos(System.nanoTime() - start));
		}
		finally {
			this.over = true;
			this.timer.shutdownNow();
			this.threads.shutdownNow();
			this.server.server().stop(Duration.ZERO);
		}
	}

	private List<String> errors(TrafficClient client) {
		List<String> found = Verdict.of(client, this.server.settings());
		return found.isEmpty() ? List.of() : List.of(String.join("\n  ", found) + "\n  " + client.script
				+ "\n  the client: " + client + "\n  the server: " + client.ledger);
	}

	private String describe() {
		long requests = this.clients.stream().mapToLong((client) -> client.ledger.handled.get()).sum();
		long replies = this.clients.stream().mapToLong((client) -> client.receiver.replies.get()).sum();
		long pushes = this.clients.stream().mapToLong((client) -> client.receiver.pushes.get()).sum();
		return this.server.settings() + ": " + this.clients.size() + " clients, " + requests + " requests, " + replies
				+ " replies, " + pushes + " pushes, ends " + this.server.metrics().closed();
	}

	private void play() throws Exception {
		this.threads.execute(() -> push(-3));
		this.threads.execute(() -> push(-4));
		List<Future<?>> staying = start(true);
		Future<?> parting = this.threads.submit(this::part);
		List<Future<?>> others = start(false);
		await(others);
		parting.get(2, TimeUnit.MINUTES);
		if (!until(Duration.ofSeconds(20), () -> this.server.connections().size() == stayingNow())) {
			this.server.errors
				.add(this.server.connections().size() + " connections are left of clients that have ended: "
						+ this.server.connections().find((connection) -> true));
		}
		stop();
		this.over = true;
		await(staying);
	}

	private long stayingNow() {
		return this.clients.stream()
			.filter((client) -> client.script.end() == End.STAY && client.ledger.connection() != null
					&& client.ledger.ended() == null)
			.count();
	}

	private List<Future<?>> start(boolean staying) throws InterruptedException {
		Semaphore room = new Semaphore(AT_A_TIME);
		List<Future<?>> started = new ArrayList<>();
		for (TrafficClient client : this.clients) {
			if ((client.script.end() == End.STAY) == staying) {
				if (!room.tryAcquire(2, TimeUnit.MINUTES)) {
					this.server.errors.add("No client ends any more");
					return started;
				}
				started.add(this.threads.submit(() -> {
					try {
						connect(client);
					}
					finally {
						this.finished.incrementAndGet();
						room.release();
					}
				}));
			}
		}
		return started;
	}

	private void await(List<Future<?>> clients) throws Exception {
		for (Future<?> client : clients) {
			try {
				client.get(2, TimeUnit.MINUTES);
			}
			catch (TimeoutException ex) {
				this.server.errors.add("A client does not end");
			}
		}
	}

	/**
	 * Nobody is let in while the server parts from its clients.
	 */
	private void connect(TrafficClient client) {
		long start = System.nanoTime();
		while (!this.over) {
			int port = this.server.server().port();
			try {
				if (port > 0) {
					client.run(port, this.server.settings().ltv(), this.tls, this.threads);
					return;
				}
			}
			catch (IOException ex) {
				boolean late = System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30);
				if (client.connected || this.parting == Parting.STOP || late) {
					client.ledger.error("The client failed: " + ex);
					return;
				}
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	/**
	 * Part from all clients while they come and go, and let them in again.
	 */
	private void part() {
		int when = 1 + this.random.nextInt(Math.max(1, this.clients.size() / 2));
		until(Duration.ofMinutes(1), () -> this.finished.get() >= when);
		switch (this.parting) {
			case STOP -> {
			}
			case DRAIN -> drain();
			case RESTART -> {
				stop();
				startAgain();
			}
		}
	}

	/**
	 * Another process may have been given the port meanwhile, for a connection of its
	 * own.
	 */
	private void startAgain() {
		boolean started = until(Duration.ofSeconds(30), () -> {
			try {
				this.server.server().start();
				return true;
			}
			catch (ServerBindException ex) {
				return false;
			}
		});
		if (!started) {
			this.server.errors.add("Cannot start again");
		}
	}

	private void drain() {
		boolean toTheEnd = this.random.nextBoolean();
		int millis = this.random.nextInt(300);
		rememberWhatWasSent();
		within("The drain", () -> {
			this.server.server().drain();
			until(toTheEnd ? PARTING.multipliedBy(2) : Duration.ofMillis(millis),
					() -> this.server.connections().size() == 0);
		});
		try {
			this.server.server().resume();
		}
		catch (ServerBindException ex) {
			this.server.errors.add("Cannot resume: " + ex);
			until(Duration.ofSeconds(2), () -> !this.server.server().resume());
		}
	}

	private void stop() {
		rememberWhatWasSent();
		within("The stop", this.server.server()::stop);
	}

	private void rememberWhatWasSent() {
		for (TrafficClient client : this.clients) {
			Connection connection = client.ledger.connection();
			int sent = client.sent.get();
			if (connection == null || connection.isOpen()) {
				client.sentBeforeParting.set(sent);
			}
		}
	}

	private void within(String what, Runnable parting) {
		long start = System.nanoTime();
		this.isParting = true;
		parting.run();
		this.isParting = false;
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		if (took.compareTo(PARTING) > 0) {
			this.server.errors.add(what + " took " + took.toMillis() + " ms");
		}
	}

	private void push(int pusher) {
		SplittableRandom random = Scripts.random(this.seed, pusher);
		while (!this.over) {
			Ledger ledger = this.clients.get(random.nextInt(this.clients.size())).ledger;
			Connection connection = ledger.connection();
			if (connection != null && ledger.script.pushed()) {
				for (int burst = random.nextInt(6); burst > 0 && connection.isWritable(); burst--) {
					push(ledger, connection);
				}
			}
			LockSupport.parkNanos(this.isParting ? PUSH_NANOS_PARTING : PUSH_NANOS);
		}
	}

	private static void push(Ledger ledger, Connection connection) {
		synchronized (ledger) {
			int number = ledger.pushes.get();
			if (connection.send(ledger.script.msgId(Kind.PUSH), ledger.script.push(number)).isAccepted()) {
				ledger.pushes.set(number + 1);
			}
		}
	}

	private static boolean until(Duration most, BooleanSupplier condition) {
		long end = System.nanoTime() + most.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
				return false;
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
		}
		return true;
	}

	/**
	 * What came of a round.
	 *
	 * @param seed its seed
	 * @param summary what happened
	 * @param errors what is wrong
	 * @param took how long it took
	 */
	record Result(long seed, String summary, List<String> errors, Duration took) {
	}

}
