package io.zinx.dispatch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.zinx.connection.Connection;
import io.zinx.connection.LogThrottle;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.PendingAnswer;
import io.zinx.routing.Routes;
import io.zinx.routing.Routes.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all lanes of a running server share: hooks, routes and the counters of what comes
 * of them.
 */
final class Handling {

	/** Why an answer is not waited for any longer. */
	static final String STOPPED = "The server has stopped";

	private static final Logger logger = LoggerFactory.getLogger(Handling.class);

	private final WorkerSettings settings;

	private final Routes routes;

	private final Hooks hooks;

	private final ServerMetrics metrics;

	/** {@code null} if messages are not counted. */
	private final @Nullable HandlerCounters counters;

	private final Set<LoopLane> waitingLanes = ConcurrentHashMap.newKeySet();

	private volatile boolean stopped;

	private final LogThrottle failed = new LogThrottle(10, System::nanoTime);

	Handling(WorkerSettings settings, Routes routes, Hooks hooks, ServerMetrics metrics,
			@Nullable HandlerCounters counters) {
		this.settings = settings;
		this.routes = routes;
		this.hooks = hooks;
		this.metrics = metrics;
		this.counters = counters;
	}

	Hooks hooks() {
		return this.hooks;
	}

	int maxTaskLen() {
		return this.settings.maxTaskLen();
	}

	/**
	 * The server has stopped: nothing more is handled.
	 */
	void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Handle a message.
	 * @param waiting told if its answer comes later
	 */
	void handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength,
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
		Duration timeout = this.settings.asyncTimeout();
		if (timeout.isZero()) {
			return loop.newSucceededFuture(null);
		}
		return loop.schedule(() -> answer.expire("No answer within " + timeout), timeout.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * The lanes on event loops that wait for an answer.
	 */
	Set<LoopLane> waitingLanes() {
		return this.waitingLanes;
	}

	/**
	 * Run a task of the application and survive what it throws.
	 * @param connection on whose lane
	 * @param task the task
	 */
	void execute(Connection connection, Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.metrics.countHandlerFailure();
			this.failed.log((withheld) -> logger.error(
					"Task {} failed on the lane of {} ({} more failures since the last such line)",
					task.getClass().getName(), connection, withheld, ex));
		}
	}

}
