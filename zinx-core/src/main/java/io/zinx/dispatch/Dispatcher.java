package io.zinx.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.LoopOutbox;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerTiming;
import io.zinx.routing.Execution;
import io.zinx.routing.Route;
import io.zinx.routing.Routes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that handle messages. One for each run of a server.
 */
public final class Dispatcher {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	/** Over how many stripes threads spread that count together. */
	private static final int SHARED_STRIPES = 16;

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final String serverName;

	private final ConnManager connections;

	private final WorkerSettings settings;

	private final Routes routes;

	private final Handling handling;

	/** Whether all messages are handled at the lanes' home. */
	private final boolean plain;

	private final Workers workers;

	private final LaneThreads threads;

	private final HandlerWatch watch;

	/** Of which batches to measure how long they wait. */
	private final HandlerTiming timing;

	private final Map<EventLoop, LoopTurn> turns = new ConcurrentHashMap<>();

	/**
	 * Make a dispatcher.
	 * @param serverName the server's name, part of the threads' names
	 * @param settings how messages are handed to workers
	 * @param routes the routers
	 * @param listeners the hooks, in order
	 * @param connections the connections, whose metrics count unknown messages and
	 * failures
	 */
	public Dispatcher(String serverName, WorkerSettings settings, Routes routes, List<ConnectionListener> listeners,
			ConnManager connections) {
		this(serverName, settings, routes, listeners, connections, HandlerTiming.OFF);
	}

	/**
	 * Make a dispatcher.
	 * @param serverName the server's name, part of the threads' names
	 * @param settings how messages are handed to workers
	 * @param routes the routers
	 * @param listeners the hooks, in order
	 * @param connections the connections, whose metrics count messages and failures
	 * @param timing for which messages to measure how long their handler takes
	 */
	public Dispatcher(String serverName, WorkerSettings settings, Routes routes, List<ConnectionListener> listeners,
			ConnManager connections, HandlerTiming timing) {
		this.serverName = serverName;
		this.connections = connections;
		this.watch = new HandlerWatch(connections, System::nanoTime);
		this.settings = settings;
		this.routes = routes;
		Set<Execution> elsewhere = EnumSet.copyOf(routes.executions());
		elsewhere.removeAll(EnumSet.of(Execution.DEFAULT, settings.mode().execution()));
		this.plain = elsewhere.isEmpty();
		this.handling = new Handling(settings, routes, new Hooks(listeners), connections.metrics(),
				connections.metrics().handlers(() -> counters(timing)));
		boolean needsWorkers = settings.mode() == WorkerMode.HASH || elsewhere.contains(Execution.WORKER);
		this.workers = new Workers(serverName, needsWorkers ? settings.poolSize() : 0, settings.maxTaskLen());
		this.timing = (connections.metrics().handlers() != null) ? timing : HandlerTiming.OFF;
		this.threads = new LaneThreads(serverName, this.workers.all().size(),
				ThreadSource.of(serverName + "-conn-", settings.maxThreads()));
	}

	/**
	 * Where each worker or event loop handles its connections alone, it has a stripe
	 * alone.
	 */
	private HandlerCounters counters(HandlerTiming timing) {
		long[] msgIds = this.routes.all().stream().mapToLong(Route::msgId).toArray();
		if (this.plain && this.settings.mode() == WorkerMode.EVENT_LOOP) {
			return HandlerCounters.ofThreads(msgIds, timing);
		}
		boolean oneWriter = this.plain && this.settings.mode() == WorkerMode.HASH;
		return new HandlerCounters(msgIds, oneWriter ? this.settings.poolSize() : SHARED_STRIPES, oneWriter, timing);
	}

	/**
	 * Start the threads.
	 */
	public void start() {
		this.workers.start();
	}

	/**
	 * Make the lane of a connection. On its event loop.
	 * @param connection the connection
	 * @param loop its event loop
	 * @param reader its reading side
	 * @return the lane
	 */
	public Lane newLane(ChannelConnection connection, EventLoop loop, Reader reader) {
		if (this.plain && this.settings.mode() == WorkerMode.EVENT_LOOP) {
			Lane lane = new LoopLane(connection, loop, this.handling, reader);
			connection.lane(lane);
			return lane;
		}
		LoopTurn turn = this.turns.computeIfAbsent(loop, (key) -> newTurn(key, connection.outbox()));
		QueueLane lane = new QueueLane(connection, this.handling, reader, station(connection.connId(), turn));
		connection.lane(lane);
		return lane;
	}

	private LoopTurn newTurn(EventLoop loop, LoopOutbox outbox) {
		List<LaneRunner> runners = new ArrayList<>(this.workers.all());
		runners.add(this.threads);
		LoopRunner runner = new LoopRunner(runners.size(), loop);
		runners.add(runner);
		return new LoopTurn(loop, outbox, runners, runner, new Filling(this.timing));
	}

	private Station station(long connId, LoopTurn turn) {
		Worker worker = this.workers.of(connId);
		if (this.plain && worker != null) {
			return turn.station(worker);
		}
		Room room = new Room(this.settings.maxTaskLen());
		if (this.plain) {
			return new Station(this.threads, room, turn, null);
		}
		RunnerChoice choice = new RunnerChoice(this.settings.mode().execution(), turn.runner(), worker, this.threads,
				this.routes);
		return new Station(choice.home(), room, turn, choice);
	}

	/**
	 * Whether messages are being handled by workers, wait for it, or for their answers.
	 * @return whether at least one
	 */
	public boolean isBusy() {
		return !this.handling.waitingLanes().isEmpty() || anyLane(QueueLane::isBusy);
	}

	/**
	 * How many messages wait for each worker.
	 * @return one number for each worker; empty if there are none
	 */
	public List<Integer> waiting() {
		return this.workers.all().stream().map((worker) -> worker.room().waiting()).toList();
	}

	/**
	 * Look which handlers are at work. To be called about once a second, by one thread.
	 */
	public void watch() {
		this.watch.look();
	}

	/**
	 * The handlers that have been at work for a second or longer, but for those on event
	 * loops. Any thread.
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
			.map((worker) -> new WorkerStatus(worker.index(), worker.room().waiting(), this.settings.maxTaskLen(),
					running.stream().filter(worker::runs).findFirst().orElse(null)))
			.toList();
	}

	/**
	 * What a connection still has to do. Any thread.
	 * @param connection the connection
	 * @return in words, for logs; {@code null} for nothing
	 */
	public @Nullable String unfinished(Connection connection) {
		if (!(connection instanceof ChannelConnection channel)) {
			return null;
		}
		if (channel.lane() instanceof LoopLane lane) {
			return this.handling.waitingLanes().contains(lane) ? "waits for an answer" : null;
		}
		return (channel.lane() instanceof QueueLane lane && lane.isBusy()) ? unfinished(lane) : null;
	}

	private static String unfinished(QueueLane lane) {
		Thread thread = lane.thread();
		if (thread == null) {
			return "messages wait to be handled";
		}
		return (lane.currentTask() instanceof FrameBatch batch)
				? "message " + batch.currentMsgId() + " is being handled by " + thread.getName()
				: "a hook or task is being run by " + thread.getName();
	}

	/**
	 * Whether the calling thread is inside one of the lanes.
	 * @return whether it handles messages here; of event loops only if they run lanes
	 */
	public boolean isHandlerThread() {
		return anyLane((lane) -> lane.thread() == Thread.currentThread());
	}

	/**
	 * End the threads: what they run now is interrupted, what waits is dropped, and
	 * {@code onStop} is called for every connection that has not seen it, on a thread of
	 * its own that a hook may block.
	 * @param timeout how long to wait for the threads, and again for the hooks
	 */
	public void stop(Duration timeout) {
		this.handling.stop();
		this.workers.stop();
		this.threads.stop();
		this.handling.waitingLanes().forEach(LoopLane::giveUpWaiting);
		await(timeout, () -> this.handling.waitingLanes().isEmpty());
		boolean ended = await(timeout, () -> this.workers.left().isEmpty() && this.threads.active() == 0);
		if (!ended) {
			logger.warn("[{}] Workers {} and {} threads of connections do not end: a router or hook ignores the "
					+ "interrupt", this.serverName, this.workers.left(), this.threads.active());
		}
		if (!anyLane((lane) -> true)) {
			return;
		}
		Thread last = new Thread(this::abandonLanes, this.serverName + "-last-hooks");
		last.setDaemon(true);
		last.start();
		if (!await(timeout, () -> !last.isAlive())) {
			logger.warn("[{}] Hooks onStop do not end; {} connections are left", this.serverName,
					this.connections.size());
		}
	}

	private void abandonLanes() {
		anyLane((lane) -> {
			lane.abandon();
			return false;
		});
	}

	/**
	 * Look at the lanes whose connections are not forgotten yet.
	 * @param condition what to look for
	 * @return whether it holds for one; the others are not looked at then
	 */
	private boolean anyLane(Predicate<QueueLane> condition) {
		return !this.connections.forEachWhile((connection) -> !(connection instanceof ChannelConnection channel
				&& channel.lane() instanceof QueueLane lane && condition.test(lane)));
	}

	private static boolean await(Duration timeout, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > timeout.toNanos()) {
				return false;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
		return true;
	}

}
