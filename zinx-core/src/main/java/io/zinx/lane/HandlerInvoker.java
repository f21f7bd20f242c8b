package io.zinx.lane;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.diagnostics.EscapedException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.PendingAnswer;
import io.zinx.routing.Routes;
import io.zinx.routing.Routes.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes the routers, hooks and tasks of a running server for its lanes, and counts what
 * comes of them.
 */
public final class HandlerInvoker {

	/** Why an answer is not waited for any longer. */
	static final String STOPPED = "The server has stopped";

	private static final Logger logger = LoggerFactory.getLogger(HandlerInvoker.class);

	private final Routes routes;

	private final Hooks hooks;

	private final ServerMetrics metrics;

	/** {@code null} if messages are not counted. */
	private final @Nullable HandlerCounters counters;

	private final int maxTaskLen;

	private final Duration asyncTimeout;

	private final Set<WaitingLane> waitingLanes = ConcurrentHashMap.newKeySet();

	private volatile boolean stopped;

	private final LogThrottle failed = new LogThrottle(10, System::nanoTime);

	/**
	 * Create an invoker.
	 * @param routes the routers
	 * @param listeners the hooks, in order
	 * @param metrics where failures and unknown messages are counted
	 * @param counters where messages are counted; {@code null} if they are not
	 * @param maxTaskLen the most tasks of the application that may wait on one lane
	 * @param asyncTimeout how long an answer that comes later is waited for; zero for as
	 * long as it takes
	 */
	public HandlerInvoker(Routes routes, List<ConnectionListener> listeners, ServerMetrics metrics,
			@Nullable HandlerCounters counters, int maxTaskLen, Duration asyncTimeout) {
		this.routes = routes;
		this.hooks = new Hooks(listeners, this::clearInterrupt);
		this.metrics = metrics;
		this.counters = counters;
		this.maxTaskLen = maxTaskLen;
		this.asyncTimeout = asyncTimeout;
	}

	Routes routes() {
		return this.routes;
	}

	Hooks hooks() {
		return this.hooks;
	}

	int maxTaskLen() {
		return this.maxTaskLen;
	}

	/**
	 * The server has stopped: nothing more is handled, and no answer is waited for. Any
	 * thread.
	 */
	public void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * An interrupt that the application has left on this thread ends with the message,
	 * hook or task: what is run next may be another client's. That of the end of the
	 * server stays.
	 */
	void clearInterrupt() {
		if (Thread.currentThread().isInterrupted() && !this.stopped) {
			Thread.interrupted();
			if (this.stopped) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Handle a message.
	 * @param waiting told if its answer comes later
	 */
	void handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength,
			PendingAnswer.Waiting waiting) {
		handleAndCount(connection, msgId, buffer, bodyIndex, bodyLength, waiting);
		clearInterrupt();
	}

	private void handleAndCount(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength,
			PendingAnswer.Waiting waiting) {
		HandlerCounters counters = this.counters;
		if (counters == null) {
			count(this.routes.handle(connection, msgId, buffer, bodyIndex, bodyLength, waiting));
			return;
		}
		HandlerCounters.Stripe stripe = counters.stripe(connection.connId());
		long begun = stripe.begin();
		Outcome outcome = this.routes.handle(connection, msgId, buffer, bodyIndex, bodyLength,
				(begun != 0) ? measured(waiting, begun) : waiting);
		if (outcome != Outcome.WAITING) {
			stripe.end(msgId, outcome == Outcome.FAILED, HandlerCounters.nanosSince(begun));
			count(outcome);
		}
	}

	/**
	 * What the time of a handler counts as is known when its answer is done.
	 */
	private static PendingAnswer.Waiting measured(PendingAnswer.Waiting waiting, long begun) {
		return (answer) -> {
			answer.handledIn(HandlerCounters.nanosSince(begun));
			waiting.await(answer);
		};
	}

	/**
	 * A batch of messages has waited for its runner.
	 * @param nanos how long
	 */
	void waited(long nanos) {
		this.metrics.queueWait().add(nanos);
	}

	/**
	 * Note what came of an answer that is done.
	 */
	void answered(PendingAnswer answer) {
		Outcome outcome = answer.outcome();
		count(outcome);
		if (this.counters != null) {
			this.counters.stripe(answer.connection().connId())
				.end(answer.msgId(), outcome == Outcome.FAILED, answer.handlerNanos());
		}
	}

	private void count(Outcome outcome) {
		if (outcome == Outcome.UNKNOWN) {
			this.metrics.countUnknownMessage();
		}
		else if (outcome == Outcome.FAILED) {
			this.metrics.countHandlerFailure();
		}
	}

	/**
	 * See that an answer expires. Event loop only.
	 * @return what to cancel when it is done
	 */
	Future<?> expireInTime(PendingAnswer answer, EventLoop loop) {
		Duration timeout = this.asyncTimeout;
		if (timeout.isZero()) {
			return loop.newSucceededFuture(null);
		}
		return loop.schedule(() -> answer.expire("No answer within " + timeout), timeout.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * A lane waits for an answer on its event loop.
	 */
	void waits(WaitingLane lane) {
		this.waitingLanes.add(lane);
	}

	void waitsNoLonger(WaitingLane lane) {
		this.waitingLanes.remove(lane);
	}

	boolean isWaiting(WaitingLane lane) {
		return this.waitingLanes.contains(lane);
	}

	/**
	 * Whether lanes wait for answers on event loops. Any thread.
	 * @return whether at least one
	 */
	public boolean hasWaiting() {
		return !this.waitingLanes.isEmpty();
	}

	/**
	 * Let no lane wait for an answer on an event loop any more. Any thread.
	 */
	public void giveUpWaiting() {
		this.waitingLanes.forEach(WaitingLane::giveUpWaiting);
	}

	/**
	 * Run a task of the application and survive everything it throws.
	 * @param connection on whose lane
	 * @param task the task
	 */
	void execute(Connection connection, Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.metrics.countHandlerFailure();
			this.failed.log((withheld) -> logger.error("Task {} of {} failed ({} more since the last such line)",
					task.getClass().getName(), connection, withheld, EscapedException.of(ex)));
		}
		finally {
			clearInterrupt();
		}
	}

}
