package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import io.zinx.cluster.Backplane;
import io.zinx.cluster.BackplaneListener;
import io.zinx.cluster.ClusterUnavailableException;
import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Backplane} through the publish and subscribe commands of Redis, standalone or
 * found through Sentinel. It has two connections of its own, one to publish and one to
 * subscribe, which are lost together, and threads of its own, which end with
 * {@link #close}. After a loss it connects again within about 3 seconds after Redis is
 * back. Nothing waits for a connection: what is sent without one fails at once.
 * <p>
 * A future fails with {@link ClusterUnavailableException} if Redis surely has not done
 * the command, and with another exception if that is not known. Each one completes within
 * {@link RedisBackplaneSettings#commandTimeout()}.
 */
public final class RedisBackplane implements Backplane {

	private static final Logger logger = LoggerFactory.getLogger(RedisBackplane.class);

	private static final Duration LONGEST_START = Duration.ofSeconds(3);

	private static final Duration CLOSE_AFTER_FAILED_START = Duration.ofSeconds(2);

	private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final RedisBackplaneSettings settings;

	private final LongSupplier nanoTime = Clocks.SYSTEM.nanoTime();

	private final Refusals refusals = new Refusals(this.nanoTime);

	private final ConnectionLog log = new ConnectionLog(this.nanoTime);

	private final LogThrottle listenerErrors = new LogThrottle(1, this.nanoTime);

	private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();

	/** Held while the listener is called; no other lock is taken before it. */
	private final Object listenerLock = new Object();

	/** Whether a task is on its way that fails the replies whose time is over. */
	private final AtomicBoolean expiryScheduled = new AtomicBoolean();

	/** Guarded by the listener's lock. */
	private BackplaneState state = BackplaneState.NEW;

	/** Changed with the listener's lock held; not null in state CONNECTED only. */
	private volatile @Nullable Link link;

	private volatile @Nullable Running running;

	/**
	 * Create a backplane, which does nothing before it is started.
	 * @param settings the settings
	 */
	public RedisBackplane(RedisBackplaneSettings settings) {
		this.settings = Objects.requireNonNull(settings, "settings");
	}

	/**
	 * {@inheritDoc}
	 * @throws RedisBackplaneException if Redis rejects the credentials, the user lacks a
	 * permission, a certificate is not trusted, or it is a Redis Cluster
	 */
	@Override
	public void start(BackplaneListener listener) {
		Objects.requireNonNull(listener, "listener");
		synchronized (this.listenerLock) {
			if (this.state != BackplaneState.NEW) {
				throw new IllegalStateException("The backplane was started before, or is closed");
			}
			this.state = BackplaneState.CONNECTING;
			this.running = new Running(listener);
		}
		Running started = Objects.requireNonNull(this.running);
		started.loop.connect();
		try {
			awaitFirstAttempt();
		}
		catch (RuntimeException ex) {
			close(CLOSE_AFTER_FAILED_START);
			throw ex;
		}
	}

	private void awaitFirstAttempt() {
		try {
			this.firstAttempt.get(LONGEST_START.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			if (!this.firstAttempt.complete(null)) {
				awaitFirstAttempt();
			}
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

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		return send(SubscribeCommand.Kind.SUBSCRIBE, topics);
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		return send(SubscribeCommand.Kind.UNSUBSCRIBE, topics);
	}

	private CompletionStage<Void> send(SubscribeCommand.Kind kind, Collection<String> topics) {
		Link current = this.link;
		if (current == null) {
			return away();
		}
		CompletionStage<Void> reply = current.subscriber().send(kind, topics);
		scheduleExpiry();
		return reply;
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] message) {
		Link current = this.link;
		if (current == null) {
			return away();
		}
		CompletionStage<Long> reply = current.publisher().publish(topic, message);
		scheduleExpiry();
		return reply;
	}

	@Override
	public void flush() {
		Link current = this.link;
		if (current != null) {
			current.publisher().flush();
		}
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		Link current = this.link;
		if (current == null) {
			return away();
		}
		CompletionStage<Long> reply = current.publisher().subscribers(topic);
		scheduleExpiry();
		return reply;
	}

	private static <T> CompletionStage<T> away() {
		return CompletableFuture.failedStage(new ClusterUnavailableException("Redis is away", null));
	}

	@Override
	public boolean isConnected() {
		return this.link != null;
	}

	@Override
	public void reconnect() {
		Link current = this.link;
		if (current != null) {
			current.lose(new NoAnswerException("Given up, because nothing arrives", null));
		}
	}

	@Override
	public void close(Duration timeout) {
		long end = this.nanoTime.getAsLong() + timeout.toNanos();
		Link current = this.link;
		if (current != null) {
			current.publisher().flush();
			awaitAnswers(current.publisher().awaited(), timeout.toNanos() / 2);
		}
		Running ended;
		synchronized (this.listenerLock) {
			this.state = BackplaneState.CLOSED;
			current = this.link;
			this.link = null;
			ended = this.running;
			this.running = null;
		}
		this.firstAttempt.completeExceptionally(new IllegalStateException("Closed"));
		if (current != null) {
			current.close();
		}
		if (ended != null) {
			ended.close(Duration.ofNanos(Math.max(0, end - this.nanoTime.getAsLong())));
		}
	}

	private static void awaitAnswers(List<CompletableFuture<Long>> replies, long nanos) {
		try {
			CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Redis has not answered all messages before the close", ex);
		}
	}

	/**
	 * Have the replies failed whose time is over.
	 */
	private void scheduleExpiry() {
		Running current = this.running;
		if (current != null && !this.expiryScheduled.get() && this.expiryScheduled.compareAndSet(false, true)) {
			current.loop.schedule(() -> expire(current), this.settings.commandTimeout().toNanos());
		}
	}

	private void expire(Running current) {
		long next = nextExpiry();
		if (next < 0) {
			this.expiryScheduled.set(false);
			next = nextExpiry();
			if (next < 0 || !this.expiryScheduled.compareAndSet(false, true)) {
				return;
			}
		}
		current.loop.schedule(() -> expire(current), Math.max(next, TimeUnit.MILLISECONDS.toNanos(1)));
	}

	private long nextExpiry() {
		Link current = this.link;
		return (current != null) ? current.expire() : -1;
	}

	/**
	 * What there is between start and close. Its methods are called by the thread of the
	 * loop, except {@link #received} and {@link #lost}.
	 */
	private final class Running implements ConnectionLoop.Outcomes, Link.LinkListener {

		private final BackplaneListener listener;

		private final Connector connector;

		private final ConnectionLoop loop;

		Running(BackplaneListener listener) {
			this.listener = listener;
			ServerThreads threads = new ServerThreads("zinx-redis", null);
			this.connector = new Connector(RedisBackplane.this.settings, threads);
			this.loop = new ConnectionLoop(this.connector, threads, this);
		}

		@Override
		public void connected(Link.Connections connections) {
			RedisBackplane backplane = RedisBackplane.this;
			Link made = new Link(connections, backplane.settings, backplane.refusals, backplane.nanoTime, this);
			synchronized (backplane.listenerLock) {
				if (backplane.state == BackplaneState.CLOSED) {
					made.close();
					return;
				}
				backplane.state = BackplaneState.CONNECTED;
				backplane.link = made;
				backplane.log.connected(made.address(), made.server());
				made.open();
				tell(this.listener::restored);
			}
			backplane.firstAttempt.complete(null);
			this.loop.schedule(() -> settle(made), SETTLED_NANOS);
		}

		private void settle(Link made) {
			if (RedisBackplane.this.link == made) {
				this.loop.settle();
			}
		}

		@Override
		public void failed(Throwable cause) {
			RedisBackplane backplane = RedisBackplane.this;
			Problem problem = Problem.of(cause);
			if (problem.isLasting() && backplane.firstAttempt
				.completeExceptionally(new RedisBackplaneException(ConnectionLog.describe(problem, cause), cause))) {
				return;
			}
			backplane.log.failed(cause);
			synchronized (backplane.listenerLock) {
				if (backplane.state == BackplaneState.CONNECTING) {
					backplane.state = BackplaneState.AWAY;
					tell(() -> this.listener.lost(cause));
				}
			}
			backplane.firstAttempt.complete(null);
			this.loop.connectLater();
		}

		@Override
		public void lost(Link lost, @Nullable Throwable cause) {
			this.loop.execute(() -> gone(lost, cause));
		}

		private void gone(Link lost, @Nullable Throwable cause) {
			RedisBackplane backplane = RedisBackplane.this;
			synchronized (backplane.listenerLock) {
				if (backplane.link != lost) {
					return;
				}
				backplane.link = null;
				backplane.state = BackplaneState.AWAY;
				tell(() -> this.listener.lost(cause));
			}
			backplane.log.lost(cause);
			this.loop.connectLater();
		}

		@Override
		public void closedOnPurpose(Link lost) {
			this.loop.execute(RedisBackplane.this.log::closedOnPurpose);
		}

		@Override
		public void received(Link from, String topic, byte[] message) {
			RedisBackplane backplane = RedisBackplane.this;
			synchronized (backplane.listenerLock) {
				if (backplane.link == from) {
					tell(() -> this.listener.received(topic, message));
				}
			}
		}

		private void tell(Runnable call) {
			try {
				call.run();
			}
			catch (RuntimeException ex) {
				RedisBackplane.this.listenerErrors
					.log((withheld) -> logger.error("A listener of the backplane has failed", ex));
			}
		}

		void close(Duration timeout) {
			long half = timeout.toNanos() / 2;
			try {
				this.loop.close(Duration.ofNanos(half));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.connector.close(Duration.ofNanos(half));
		}

	}

}
