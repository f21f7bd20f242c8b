package io.zinx.worker;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.eventloop.ServerThreads;
import io.zinx.outbound.LoopOutbox;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a server, and the threads of those that no event loop runs: at most as
 * many as workers, and only while there is something to do for them.
 */
public final class Workers {

	private final List<Worker> workers;

	private final LaneThreads threads;

	private final LoopLocal<LoopWorkers> loops;

	/**
	 * Create workers.
	 * @param threads makes the threads
	 * @param size the number of workers, 0 or more
	 * @param bound the most messages that may wait for each
	 * @param outboxes the outbox of each event loop
	 */
	public Workers(ServerThreads threads, int size, int bound, LoopLocal<LoopOutbox> outboxes) {
		this.threads = new LaneThreads(threads.serverName(), size, ThreadSource.workers(threads, size));
		this.workers = IntStream.range(0, size).mapToObj((index) -> new Worker(index, bound, this.threads)).toList();
		this.loops = new LoopLocal<>(
				(loop) -> new LoopWorkers((MovableEventLoop) loop, outboxes.of(loop), this.threads));
	}

	/**
	 * The workers.
	 * @return all of them, each at the place of its index
	 */
	public List<Worker> all() {
		return this.workers;
	}

	/**
	 * The worker of a connection.
	 * @param connId the connection's number
	 * @return the worker, or {@code null} if there are none
	 */
	public @Nullable Worker of(long connId) {
		return this.workers.isEmpty() ? null : this.workers.get((int) (connId % this.workers.size()));
	}

	/**
	 * The workers that wait for the thread of an event loop.
	 * @param loop the event loop
	 * @return its part, always the same
	 */
	public LoopWorkers onLoop(MovableEventLoop loop) {
		return this.loops.of(loop);
	}

	/**
	 * End the threads, after the lanes that are being run. What these run is interrupted,
	 * also on event loops.
	 */
	public void stop() {
		stop((thread) -> false);
	}

	/**
	 * End the threads, as {@link #stop()}.
	 * @param spared the threads that are not interrupted
	 */
	public void stop(Predicate<Thread> spared) {
		this.threads.startNothing();
		busy().filter(spared.negate()).forEach(Thread::interrupt);
	}

	/**
	 * The threads that are at a worker.
	 * @return their names
	 */
	public List<String> left() {
		return left((thread) -> false);
	}

	/**
	 * The threads that are at a worker, but for some.
	 * @param excepted those that are not counted
	 * @return the names of the others
	 */
	public List<String> left(Predicate<Thread> excepted) {
		return busy().filter(excepted.negate()).map(Thread::getName).toList();
	}

	/**
	 * The threads that are at a worker, or are about to take one, or have just left it;
	 * each once.
	 */
	private Stream<Thread> busy() {
		Stream<Thread> inside = this.workers.stream().flatMap((worker) -> Stream.ofNullable(worker.thread()));
		return Stream.concat(inside, this.threads.running()).distinct();
	}

}
