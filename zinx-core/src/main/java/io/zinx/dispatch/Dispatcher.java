package io.zinx.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.LaneActivity;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.ServerThreads;
import io.zinx.lane.HandlerInvoker;
import io.zinx.lane.LaneFactory;
import io.zinx.lane.Lanes;
import io.zinx.lifecycle.Polling;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.routing.Execution;
import io.zinx.worker.LaneThreads;
import io.zinx.worker.RunningHandler;
import io.zinx.worker.ThreadSource;
import io.zinx.worker.Worker;
import io.zinx.worker.Workers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that handle messages, with their lanes. One for each run of a server.
 */
public final class Dispatcher {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private final ServerThreads serverThreads;

	private final Iterable<ChannelConnection> connections;

	private final WorkerSettings settings;

	private final HandlerInvoker handling;

	private final Workers workers;

	private final LaneThreads threads;

	/** The threads that drive event loops and run workers, in the modes with workers. */
	private final @Nullable LoopDrivers drivers;

	private final Lanes lanes;

	private final HandlerWatch watch;

	/**
	 * Create a dispatcher.
	 * @param serverThreads the factory of threads
	 * @param settings the mode and the queue bounds
	 * @param handlers the code of the application
	 * @param connections the connections whose lanes it makes
	 * @param outboxes the outbox of each event loop
	 * @param metrics the counters of messages and failures
	 */
	public Dispatcher(ServerThreads serverThreads, WorkerSettings settings, Handlers handlers,
			Iterable<ChannelConnection> connections, LoopLocal<LoopOutbox> outboxes, ServerMetrics metrics) {
		this.serverThreads = serverThreads;
		this.settings = settings;
		this.connections = connections;
		this.watch = new HandlerWatch(connections, System::nanoTime);
		Execution mode = settings.mode().execution();
		Set<Execution> elsewhere = Lanes.executionsBeside(mode, handlers.routes());
		HandlerCounters counters = metrics.handlers(() -> CounterStripes.of(settings, handlers, elsewhere.isEmpty()));
		this.handling = new HandlerInvoker(handlers.routes(), handlers.listeners(), metrics, counters,
				settings.maxTaskLen(), settings.asyncTimeout());
		boolean needsWorkers = mode == Execution.WORKER || elsewhere.contains(Execution.WORKER);
		this.workers = new Workers(serverThreads, needsWorkers ? settings.poolSize() : 0, settings.maxTaskLen(),
				outboxes);
		this.drivers = (mode == Execution.WORKER) ? new LoopDrivers(serverThreads, this.workers::onLoop) : null;
		this.threads = new LaneThreads(serverThreads.serverName(), this.workers.all().size(),
				ThreadSource.of(serverThreads, settings.maxThreads()));
		this.lanes = new Lanes(this.handling, mode, this.workers, this.threads, outboxes,
				(counters != null) ? handlers.timing() : HandlerTiming.OFF);
	}

	/**
	 * The threads that drive event loops and run workers on them.
	 * @return the threads; {@code null} if event loops have threads of their own kind
	 */
	public @Nullable LoopDrivers drivers() {
		return this.drivers;
	}

	/**
	 * The factory of lanes.
	 * @return the factory
	 */
	public LaneFactory lanes() {
		return this.lanes;
	}

	/**
	 * The number of messages that wait for each worker.
	 * @return one number for each worker; empty if there are none
	 */
	public List<Integer> waiting() {
		return this.workers.all().stream().map((worker) -> worker.bound().waiting()).toList();
	}

	/**
	 * Check which handlers are running. To be called about once a second, by one thread.
	 */
	public void watch() {
		this.watch.look();
	}

	/**
	 * The handlers that have been running for a second or longer, except on event loops.
	 * Any thread.
	 * @return a snapshot, the longest first
	 */
	public List<RunningHandler> running() {
		return this.watch.running();
	}

	/**
	 * The workers. Any thread.
	 * @return a snapshot, one for each worker; empty if there are none
	 */
	public List<WorkerStatus> workers() {
		List<RunningHandler> running = running();
		return this.workers.all()
			.stream()
			.map((worker) -> new WorkerStatus(worker.index(), worker.bound().waiting(), this.settings.maxTaskLen(),
					running.stream().filter(worker::runs).findFirst().orElse(null)))
			.toList();
	}

	/**
	 * Return whether a thread is inside a lane.
	 * @param thread the thread
	 * @return whether it handles messages of this server; for event loops only if they
	 * run lanes
	 */
	public boolean isHandlerThread(Thread thread) {
		return handlerThreads().anyMatch((inside) -> inside == thread);
	}

	/**
	 * The threads that are inside lanes. Any thread.
	 * @return a snapshot; of event loops only those that run lanes
	 */
	public Stream<Thread> handlerThreads() {
		return StreamSupport.stream(this.connections.spliterator(), false).flatMap((connection) -> {
			LaneActivity activity = connection.lane().activity();
			return (activity != null) ? Stream.of(activity.thread()) : Stream.empty();
		});
	}

	/**
	 * Return whether a connection waits for a thread to return from a router or listener,
	 * of this connection or of another one with the same worker.
	 * @param connection the connection
	 * @param thread the thread
	 * @return whether nothing is handled for the connection before that
	 */
	public boolean isBlockedBy(ChannelConnection connection, Thread thread) {
		LaneActivity activity = connection.lane().activity();
		Worker worker = this.workers.of(connection.connId());
		return (activity != null && activity.thread() == thread) || (worker != null && worker.isRunBy(thread));
	}

	/**
	 * End all threads, as {@link #stop(Supplier, Predicate)}.
	 * @param timeout the longest wait for the threads, and again for the listeners
	 */
	public void stop(Duration timeout) {
		stop(() -> timeout, (thread) -> false);
	}

	/**
	 * End the threads: running handlers are interrupted, waiting messages are dropped,
	 * and {@code onStop} is called for every connection for which it was not called, on a
	 * separate thread that a listener may block.
	 * @param timeout supplies the longest wait; called once for the threads, when they
	 * are interrupted, and once for the listeners
	 * @param spared the threads that are neither interrupted nor awaited, because they
	 * wait for this stop
	 */
	public void stop(Supplier<Duration> timeout, Predicate<Thread> spared) {
		this.handling.stop();
		this.workers.stop(spared);
		this.threads.stop(spared);
		this.handling.giveUpWaiting();
		Polling.await(() -> hasEnded(spared) && !this.handling.hasWaiting(), timeout.get());
		if (!hasEnded(spared)) {
			logger.warn(
					"[{}] Workers {} and {} threads of connections do not end, the server stops without them: a router "
							+ "or listener ignores the interrupt",
					this.serverThreads.serverName(), this.workers.left(spared), this.threads.active(spared));
		}
		if (!this.lanes.onLoopsOnly()) {
			callLastHooks(timeout.get());
		}
	}

	private boolean hasEnded(Predicate<Thread> spared) {
		return this.workers.left(spared).isEmpty() && this.threads.active(spared) == 0;
	}

	/**
	 * Call {@code onStop} for every connection for which it was not called, and remove
	 * the connection, on a separate thread that a listener may block. To be called when
	 * no thread runs lanes any more, except those that do not end.
	 * @param timeout the longest wait for the listeners
	 */
	public void callLastHooks(Duration timeout) {
		if (!this.connections.iterator().hasNext()) {
			return;
		}
		Thread last = this.serverThreads.daemon("-last-hooks", this::abandonLanes);
		last.start();
		if (!Polling.await(() -> !last.isAlive(), timeout)) {
			logger.warn("[{}] Listeners do not return from onStop in time, the server stops with {} connections left",
					this.serverThreads.serverName(), connectionsLeft());
		}
	}

	private long connectionsLeft() {
		return StreamSupport.stream(this.connections.spliterator(), false).count();
	}

	private void abandonLanes() {
		this.connections.forEach((connection) -> connection.lane().abandon());
	}

}
