package io.zinx.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

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
		this.handling = new Handling(routes, new Hooks(listeners), metrics);
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
		if (this.workers.isEmpty()) {
			return new LoopLane(connection, this.handling, reader);
		}
		Worker worker = this.workers.get((int) (connection.connId() % this.workers.size()));
		LoopTurn turn = this.turns.computeIfAbsent(loop, (key) -> new LoopTurn(key, connection.outbox(), this.workers));
		WorkerLane lane = new WorkerLane(connection, this.handling, reader, worker, turn, this.lanes::remove);
		this.lanes.add(lane);
		return lane;
	}

	/**
	 * Whether messages are being handled by workers, or wait for it.
	 * @return whether at least one
	 */
	public boolean isBusy() {
		return this.lanes.stream().anyMatch(WorkerLane::isBusy);
	}

	/**
	 * How many messages wait for each worker.
	 * @return one number for each worker; empty if there are none
	 */
	public List<Integer> waiting() {
		return this.workers.stream().map(Worker::waiting).toList();
	}

	/**
	 * End the threads: what they run now is interrupted, what waits is dropped, and
	 * {@code onStop} is called for every connection that has not seen it.
	 * @param timeoutMillis how long to wait for each thread, 1 or more
	 */
	public void stop(long timeoutMillis) {
		this.workers.forEach(Worker::stop);
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
		for (Worker worker : this.workers) {
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			worker.join(Math.max(1, left));
			if (!worker.hasEnded()) {
				logger.warn("[{}] Worker {} does not end: a router or hook ignores the interrupt", this.serverName,
						worker.index());
			}
		}
		this.lanes.forEach(WorkerLane::abandon);
	}

}
