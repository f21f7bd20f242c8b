package io.zinx.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Routes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that handle messages. One for each run of a server.
 */
public final class Dispatcher {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final String serverName;

	private final Handling handling;

	private final List<Worker> workers = new ArrayList<>();

	private final Map<EventLoop, LoopTurn> turns = new ConcurrentHashMap<>();

	/** Lanes whose connection is not forgotten yet. */
	private final Set<WorkerLane> lanes = ConcurrentHashMap.newKeySet();

	/**
	 * Make a dispatcher.
	 * @param serverName the server's name, part of the threads' names
	 * @param settings how messages are handed to workers
	 * @param routes the routers
	 * @param listeners the hooks, in order
	 * @param metrics where unknown messages and failures are counted
	 */
	public Dispatcher(String serverName, WorkerSettings settings, Routes routes, List<ConnectionListener> listeners,
			ServerMetrics metrics) {
		this.serverName = serverName;
		this.handling = new Handling(settings, routes, new Hooks(listeners), metrics);
		if (settings.mode() == WorkerMode.HASH) {
			for (int i = 0; i < settings.poolSize(); i++) {
				this.workers.add(new Worker(i, serverName + "-worker-" + i, settings.maxTaskLen()));
			}
		}
	}

	/**
	 * Start the threads.
	 */
	public void start() {
		this.workers.forEach(Worker::start);
	}

	/**
	 * Make the lane of a connection. On its event loop.
	 * @param connection the connection
	 * @param loop its event loop
	 * @param reader its reading side
	 * @return the lane
	 */
	public Lane newLane(ChannelConnection connection, EventLoop loop, Reader reader) {
		Lane lane = this.workers.isEmpty() ? new LoopLane(connection, loop, this.handling, reader)
				: newWorkerLane(connection, loop, reader);
		connection.lane(lane);
		return lane;
	}

	private Lane newWorkerLane(ChannelConnection connection, EventLoop loop, Reader reader) {
		Worker worker = this.workers.get((int) (connection.connId() % this.workers.size()));
		LoopTurn turn = this.turns.computeIfAbsent(loop, (key) -> new LoopTurn(key, connection.outbox(), this.workers));
		WorkerLane lane = new WorkerLane(connection, this.handling, reader, worker, turn, this.lanes::remove);
		this.lanes.add(lane);
		return lane;
	}

	/**
	 * Whether messages are being handled by workers, wait for it, or for their answers.
	 * @return whether at least one
	 */
	public boolean isBusy() {
		return !this.handling.waitingLanes().isEmpty() || this.lanes.stream().anyMatch(WorkerLane::isBusy);
	}

	/**
	 * How many messages wait for each worker.
	 * @return one number for each worker; empty if there are none
	 */
	public List<Integer> waiting() {
		return this.workers.stream().map(Worker::waiting).toList();
	}

	/**
	 * Whether the calling thread is one of the workers.
	 * @return whether it handles messages here
	 */
	public boolean isWorkerThread() {
		return this.workers.stream().anyMatch(Worker::isCurrentThread);
	}

	/**
	 * End the threads: what they run now is interrupted, what waits is dropped, and
	 * {@code onStop} is called for every connection that has not seen it, on a thread of
	 * its own that a hook may block.
	 * @param timeout how long to wait for the threads, and again for the hooks
	 */
	public void stop(Duration timeout) {
		this.workers.forEach(Worker::stop);
		this.handling.waitingLanes().forEach(LoopLane::giveUpWaiting);
		await(timeout, () -> this.handling.waitingLanes().isEmpty());
		boolean ended = await(timeout, () -> this.workers.stream().allMatch(Worker::hasEnded));
		if (!ended) {
			logger.warn("[{}] Workers {} do not end: a router or hook ignores the interrupt", this.serverName,
					this.workers.stream().filter((worker) -> !worker.hasEnded()).map(Worker::index).toList());
		}
		if (this.lanes.isEmpty()) {
			return;
		}
		Thread last = new Thread(() -> this.lanes.forEach(WorkerLane::abandon), this.serverName + "-last-hooks");
		last.setDaemon(true);
		last.start();
		if (!await(timeout, () -> !last.isAlive())) {
			logger.warn("[{}] Hooks onStop do not end; {} connections are left", this.serverName, this.lanes.size());
		}
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
