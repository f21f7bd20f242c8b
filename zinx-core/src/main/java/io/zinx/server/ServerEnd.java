package io.zinx.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.dispatch.Dispatcher;
import io.zinx.lifecycle.Polling;
import io.zinx.transport.LoopCheck;
import io.zinx.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stop of a server run: a drain until the grace period is over or no connection is
 * left, then everything that is left is closed, interrupted and ended. The steps after
 * the drain together take no longer than the flush timeout and six seconds, whatever
 * routers and listeners do.
 */
final class ServerEnd {

	private static final Logger logger = LoggerFactory.getLogger(ServerEnd.class);

	/** The time that an event loop may take for a turn before it counts as blocked. */
	static final Duration TURN_TIMEOUT = Duration.ofSeconds(1);

	/** The time that connections may take to close, beyond their flush timeout. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * The time that threads may take to end once they are interrupted, and that listeners
	 * may take in {@code onStop}.
	 */
	static final Duration THREAD_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration BEYOND_FLUSH = Duration.ofSeconds(6);

	private final ServerConfig config;

	private final ConnectionRegistry connections;

	private final Dispatcher dispatcher;

	private final Transport transport;

	private final ServerDrain drain;

	private final StopCallers callers;

	private final StopDeadline deadline = new StopDeadline();

	/**
	 * Prepare the stop of a run.
	 * @param callers the threads for which no step waits
	 */
	ServerEnd(ServerConfig config, ConnectionRegistry connections, Dispatcher dispatcher, Transport transport,
			ServerDrain drain, StopCallers callers) {
		this.config = config;
		this.connections = connections;
		this.dispatcher = dispatcher;
		this.transport = transport;
		this.drain = drain;
		this.callers = callers;
	}

	/**
	 * Bring the end of the grace period forward, also while the stop is under way. Any
	 * thread.
	 * @param gracePeriod the longest time from now on
	 */
	void bringForward(Duration gracePeriod) {
		this.deadline.bringForward(gracePeriod);
	}

	/**
	 * Stop in order. The interrupt status of the calling thread is kept.
	 * @return the outcome for the connections and the time of the stop, in words
	 */
	String stop() {
		boolean interrupted = Thread.interrupted();
		int connections = this.connections.slots().taken();
		long start = System.nanoTime();
		try {
			this.drain.beforeStop(this.deadline);
			bringForward(Duration.ZERO);
			int cut = this.drain.reportUnfinished();
			endAll();
			return connections + " connections closed, " + cut + " of them with work unfinished, in "
					+ TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms";
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Close, interrupt and end everything that is left.
	 */
	private void endAll() {
		LoopCheck first = stopReading();
		this.connections.closeAll(CloseReason.SERVER_STOPPING);
		await(() -> areClosed(first), flushTimeout().plus(CLOSE_TIMEOUT));
		this.connections.discard();
		LoopCheck last = this.transport.checkLoops();
		await(() -> last.unresponsive().stream().allMatch((loop) -> isBlocked(loop, first)), TURN_TIMEOUT);
		this.dispatcher.stop(() -> atMost(THREAD_TIMEOUT), this.callers::contains);
		this.transport.beginShutdown(THREAD_TIMEOUT);
		await(() -> this.transport.hasEnded((loop) -> isBlocked(loop, first)), THREAD_TIMEOUT);
		this.dispatcher.callLastHooks(atMost(THREAD_TIMEOUT));
	}

	private Duration flushTimeout() {
		return this.config.outbound().flushTimeout();
	}

	/**
	 * Stop reading, and interrupt the code that blocks event loops.
	 * @return the answers of the event loops, of which blocked ones give none
	 */
	private LoopCheck stopReading() {
		this.connections.stopReading();
		LoopCheck check = this.transport.checkLoops();
		if (!await(() -> blocked(check).isEmpty(), TURN_TIMEOUT)) {
			List<EventLoop> blocked = blocked(check);
			logger.warn(
					"[{}] A router or listener blocks the event loops {} and is interrupted, so that the server can stop",
					this.config.name(), threads(blocked).map(Thread::getName).toList());
			threads(blocked).forEach(Thread::interrupt);
			await(() -> blocked(check).isEmpty(), TURN_TIMEOUT);
		}
		return check;
	}

	private Stream<Thread> threads(List<EventLoop> loops) {
		return loops.stream().flatMap((loop) -> this.transport.thread(loop).stream());
	}

	private List<EventLoop> blocked(LoopCheck check) {
		return check.unresponsive().stream().filter((loop) -> !this.callers.block(loop)).toList();
	}

	private boolean isBlocked(EventLoop loop, LoopCheck check) {
		return check.isUnresponsive(loop) || this.callers.block(loop);
	}

	/**
	 * True if every socket is closed, except those of blocked event loops.
	 */
	private boolean areClosed(LoopCheck check) {
		return StreamSupport.stream(this.connections.spliterator(), false)
			.map(ChannelConnection::channel)
			.allMatch((channel) -> !channel.isOpen() || isBlocked(channel.eventLoop(), check));
	}

	private Duration atMost(Duration timeout) {
		Duration left = this.deadline.leftUntilOverFor(flushTimeout().plus(BEYOND_FLUSH));
		return (left.compareTo(timeout) < 0) ? left : timeout;
	}

	private boolean await(BooleanSupplier condition, Duration timeout) {
		StopDeadline end = StopDeadline.in(atMost(timeout));
		return Polling.await(condition, end::isOver);
	}

}
