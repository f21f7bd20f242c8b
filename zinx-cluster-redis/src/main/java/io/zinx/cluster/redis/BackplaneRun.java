package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import io.zinx.cluster.BackplaneListener;
import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backplane from start to close: the connections that follow each other, and what the
 * listener is told of them. Any thread.
 */
final class BackplaneRun implements ConnectionLoop.Outcomes, Link.LinkListener {

	private static final Logger logger = LoggerFactory.getLogger(BackplaneRun.class);

	private static final Duration LEAST_START = Duration.ofSeconds(5);

	private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final RedisBackplaneSettings settings;

	private final BackplaneListener listener;

	private final LongSupplier nanoTime = Clocks.SYSTEM.nanoTime();

	private final Refusals refusals = new Refusals(this.nanoTime);

	private final ConnectionLog log = new ConnectionLog(this.nanoTime);

	private final LogThrottle listenerErrors = new LogThrottle(1, this.nanoTime);

	private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();

	private final Connector connector;

	private final ConnectionLoop loop;

	/** Held while the listener is called; no other lock is held when it is taken. */
	private final Object listenerLock = new Object();

	/** Guarded by the listener's lock. */
	private BackplaneState state = BackplaneState.CONNECTING;

	/** Changed with the listener's lock held; not null in state CONNECTED only. */
	private volatile @Nullable Link link;

	BackplaneRun(RedisBackplaneSettings settings, BackplaneListener listener) {
		this.settings = settings;
		this.listener = listener;
		ServerThreads threads = new ServerThreads("zinx-redis", null);
		this.connector = new Connector(settings, threads);
		this.loop = new ConnectionLoop(this.connector, threads, this);
	}

	/**
	 * The connections now.
	 */
	@Nullable Link link() {
		return this.link;
	}

	ConnectionLoop loop() {
		return this.loop;
	}

	/**
	 * Begin to connect, and wait for the first attempt to succeed or fail, but not longer
	 * than 5 seconds or twice the time for a connection.
	 * @throws RedisBackplaneException if no attempt can succeed
	 */
	void start() {
		this.loop.connect();
		try {
			awaitFirstAttempt();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisBackplaneException("Interrupted while connecting to Redis", ex);
		}
		catch (ExecutionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			throw new RedisBackplaneException(String.valueOf(cause.getMessage()), cause.getCause());
		}
	}

	private void awaitFirstAttempt() throws InterruptedException, ExecutionException {
		try {
			long twice = this.settings.connectTimeout().multipliedBy(2).toNanos();
			this.firstAttempt.get(Math.max(LEAST_START.toNanos(), twice), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			this.firstAttempt.complete(null);
			this.firstAttempt.get();
		}
	}

	@Override
	public void connected(Link.Connections connections) {
		Link made = new Link(connections, this.settings, this.refusals, this.nanoTime, this);
		synchronized (this.listenerLock) {
			if (this.state == BackplaneState.CLOSED) {
				return;
			}
			this.state = BackplaneState.CONNECTED;
			this.link = made;
			this.log.connected(made.address(), made.server());
			made.open();
			tell(this.listener::restored);
		}
		this.firstAttempt.complete(null);
		this.loop.schedule(() -> settle(made), SETTLED_NANOS);
	}

	private void settle(Link made) {
		if (this.link == made) {
			this.loop.settle();
		}
	}

	@Override
	public void failed(Throwable cause) {
		Problem problem = Problem.of(cause);
		if (problem.isLasting() && this.firstAttempt
			.completeExceptionally(new RedisBackplaneException(ConnectionLog.describe(problem, cause), cause))) {
			return;
		}
		this.log.failed(cause);
		synchronized (this.listenerLock) {
			if (this.state == BackplaneState.CONNECTING) {
				this.state = BackplaneState.AWAY;
				tell(() -> this.listener.lost(cause));
			}
		}
		this.firstAttempt.complete(null);
		this.loop.connectLater();
	}

	@Override
	public void lost(Link lost, @Nullable Throwable cause) {
		this.loop.execute(() -> gone(lost, cause));
	}

	private void gone(Link lost, @Nullable Throwable cause) {
		synchronized (this.listenerLock) {
			if (this.link != lost) {
				return;
			}
			this.link = null;
			this.state = BackplaneState.AWAY;
			tell(() -> this.listener.lost(cause));
		}
		this.log.lost(cause);
		this.loop.schedule(lost::closePublishing, this.settings.commandTimeout().toNanos());
		this.loop.connectLater();
	}

	@Override
	public void closedOnPurpose(Link lost) {
		this.loop.execute(this.log::closedOnPurpose);
	}

	@Override
	public void received(Link from, String topic, byte[] message) {
		synchronized (this.listenerLock) {
			if (this.link == from) {
				tell(() -> this.listener.received(topic, message));
			}
		}
	}

	@SuppressWarnings("CatchingUnchecked")
	private void tell(Runnable call) {
		try {
			call.run();
		}
		catch (Exception | AssertionError ex) {
			this.listenerErrors.log((withheld) -> logger.error("A listener of the backplane has failed", ex));
		}
	}

	/**
	 * Write what waits, disconnect and end all threads.
	 */
	void close(Duration timeout) {
		long end = this.nanoTime.getAsLong() + timeout.toNanos();
		Link current = this.link;
		if (current != null) {
			current.publisher().drain(timeout.toNanos() / 2);
		}
		synchronized (this.listenerLock) {
			this.state = BackplaneState.CLOSED;
			current = this.link;
			this.link = null;
		}
		this.firstAttempt.completeExceptionally(new IllegalStateException("The backplane is closed"));
		if (current != null) {
			current.end();
		}
		this.loop.close(Duration.ofNanos(Math.max(0, (end - this.nanoTime.getAsLong()) / 2)));
		this.connector.close(Duration.ofNanos(Math.max(0, end - this.nanoTime.getAsLong())));
	}

}
