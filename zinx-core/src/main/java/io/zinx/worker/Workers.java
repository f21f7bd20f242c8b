package io.zinx.worker;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a server and their threads, as many of these as of those. What waits for
 * a thread is a worker, not a lane: so one worker is on one thread at a time, and one
 * thread that was woken does what several workers have to do, unless it is held up.
 * <p>
 * Workers that wait are never more than threads that are awake without a worker and calls
 * of {@link #wake} that are still to come: each worker that is added is followed by one
 * such call, a thread takes one worker, and none falls asleep while one waits. As long as
 * one waits, the threads that are inside others are fewer than all.
 */
public final class Workers {

	private final List<Worker> workers;

	private final List<WorkerThread> threads;

	private final Queue<Worker> waiting = new ConcurrentLinkedQueue<>();

	/** At least as many as threads that {@link #wake} finds asleep. */
	private final AtomicInteger sleeping = new AtomicInteger();

	private volatile boolean stopped;

	/**
	 * Create workers.
	 * @param threads makes the threads
	 * @param size the number of workers, 0 or more
	 * @param bound the most messages that may wait for each
	 */
	public Workers(ServerThreads threads, int size, int bound) {
		this.workers = IntStream.range(0, size).mapToObj((index) -> new Worker(index, bound, this)).toList();
		this.threads = IntStream.range(0, size).mapToObj((index) -> new WorkerThread(threads, index, this)).toList();
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
	 * Start the threads.
	 */
	public void start() {
		this.threads.forEach(WorkerThread::start);
	}

	/**
	 * A worker has something to do. Not before {@link #wake} is called need a thread
	 * begin with it.
	 */
	void add(Worker worker) {
		this.waiting.add(worker);
	}

	/**
	 * The worker that has waited longest.
	 * @return the worker, which is with the caller now; {@code null} if none waits
	 */
	@Nullable Worker poll() {
		return this.waiting.poll();
	}

	boolean anyWaits() {
		return !this.waiting.isEmpty();
	}

	/**
	 * See to a worker that was added: wake a thread, if one sleeps, as long as any worker
	 * waits. That it is the added one that waits must not be asked: a thread that was
	 * woken for another one may have taken it.
	 * @param preferred the number of the thread to wake if it is asleep
	 */
	void wake(int preferred) {
		if (this.waiting.isEmpty() || this.sleeping.get() == 0) {
			return;
		}
		int size = this.threads.size();
		for (int i = 0; i < size; i++) {
			if (this.threads.get((preferred + i) % size).wake()) {
				return;
			}
		}
	}

	/**
	 * A thread is about to sleep, and will look once more whether a worker waits.
	 */
	void asleep() {
		this.sleeping.incrementAndGet();
	}

	/**
	 * A thread sleeps no more.
	 */
	void awake() {
		this.sleeping.decrementAndGet();
	}

	/**
	 * End the threads, after the lanes that are being run. What these run is interrupted.
	 */
	public void stop() {
		stop((thread) -> false);
	}

	/**
	 * End the threads, as {@link #stop()}.
	 * @param spared the threads that are not interrupted
	 */
	public void stop(Predicate<Thread> spared) {
		this.stopped = true;
		this.threads.stream().filter((thread) -> !thread.isAmong(spared)).forEach(WorkerThread::interrupt);
	}

	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * The threads that have not ended.
	 * @return their names
	 */
	public List<String> left() {
		return left((thread) -> false);
	}

	/**
	 * The threads that have not ended, but for some.
	 * @param excepted those that need not have ended
	 * @return the names of the others
	 */
	public List<String> left(Predicate<Thread> excepted) {
		return this.threads.stream()
			.filter((thread) -> thread.isAlive() && !thread.isAmong(excepted))
			.map(WorkerThread::name)
			.toList();
	}

}
