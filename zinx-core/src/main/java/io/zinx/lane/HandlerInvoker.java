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
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerStripe;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.PendingAnswer;
import io.zinx.routing.Routes;
import io.zinx.routing.Routes.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The invoker of routers, listeners and tasks for the lanes of one server run, which
 * counts their outcomes.
 */
public final class HandlerInvoker {

	/** The reason to end the wait for an answer. */
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
	 * @param listeners the listeners, in order
	 * @param metrics the counters of failures and dropped messages
	 * @param counters the counters of messages; {@code null} if they are not counted
	 * @param maxTaskLen the most tasks of the application that may wait on one lane
	 * @param asyncTimeout the time limit of asynchronous answers; zero for none
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
	 * The server has stopped: handle nothing more, and wait for no answer. Any thread.
	 */
	public void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Clear the interrupt that a message, listener or task has left on this thread,
	 * because the next one may be of another client. The interrupt of a stopping server
	 * stays.
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
	 * @param waiting called if its answer is asynchronous
	 */
	void handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength,
			PendingAnswer.Waiting waiting) {
		HandlerCounters counters = this.counters;
		HandlerStripe stripe = (counters != null) ? counters.stripe(connection.connId()) : null;
		long begun = (stripe != null) ? stripe.begin() : 0;
		Outcome outcome = this.routes.handle(connection, msgId, buffer, bodyIndex, bodyLength,
				(begun != 0) ? measured(waiting, begun) : waiting);
		clearInterrupt();
		if (outcome == Outcome.WAITING) {
			return;
		}
		if (stripe != null && outcome != Outcome.UNKNOWN) {
			stripe.end(msgId, CountedOutcome.of(outcome), HandlerCounters.nanosSince(begun));
		}
		count(outcome);
	}

	/**
	 * Record the time of the handler with the answer, because its outcome is known only
	 * when that is done.
	 */
	private static PendingAnswer.Waiting measured(PendingAnswer.Waiting waiting, long begun) {
		return (answer) -> {
			answer.handledIn(HandlerCounters.nanosSince(begun));
			waiting.await(answer);
		};
	}

	/**
	 * A batch of messages has waited for its runner.
	 * @param nanos the waiting time in nanoseconds
	 */
	void waited(long nanos) {
		this.metrics.queueWait().add(nanos);
	}

	/**
	 * Count the outcome of an answer that is done.
	 */
	void answered(PendingAnswer answer) {
		Outcome outcome = answer.outcome();
		count(outcome);
		if (this.counters != null && outcome != Outcome.UNKNOWN) {
			this.counters.stripe(answer.connection().connId())
				.end(answer.msgId(), CountedOutcome.of(outcome), answer.handlerNanos());
		}
	}

	/** Count a message whose answer was not there when the server stopped. */
	void unanswered() {
		this.metrics.countDropped(DropReason.SERVER_STOPPING, 1);
	}

	private void count(Outcome outcome) {
		if (outcome == Outcome.UNKNOWN) {
			this.metrics.countDropped(DropReason.NO_ROUTER, 1);
		}
		else if (outcome == Outcome.FAILED) {
			this.metrics.countHandlerFailure();
		}
	}

	/**
	 * Schedule the expiry of an answer. Event loop only.
	 * @return the timeout, to be cancelled when the answer is done
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
	 * Return whether a lane waits for an answer on an event loop. Any thread.
	 * @return whether at least one does
	 */
	public boolean hasWaiting() {
		return !this.waitingLanes.isEmpty();
	}

	/**
	 * End the wait of all lanes for answers on event loops. Any thread.
	 */
	public void giveUpWaiting() {
		this.waitingLanes.forEach(WaitingLane::giveUpWaiting);
	}

	/**
	 * Run a task of the application, and log and count its exception.
	 * @param connection the connection of the lane
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
