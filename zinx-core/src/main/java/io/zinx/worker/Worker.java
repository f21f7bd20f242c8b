package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A worker of mode {@code hash}: handles the messages of its connections one at a time,
 * on one thread of the pool at a time. It has no thread of its own: a thread that has
 * nothing left to do goes on with any worker that nobody is at. There are as many threads
 * as workers, so a worker that has something to do waits for no other one.
 */
public final class Worker implements LaneRunner {

	private final int index;

	private final Workers pool;

	private final QueueBound bound;

	private final Queue<LaneJob> ready = new ConcurrentLinkedQueue<>();

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	private volatile @Nullable Thread thread;

	Worker(int index, int bound, Workers pool) {
		this.index = index;
		this.bound = new QueueBound(bound);
		this.pool = pool;
	}

	@Override
	public int index() {
		return this.index;
	}

	/**
	 * The bound of the messages that wait for this worker.
	 * @return the bound
	 */
	public QueueBound bound() {
		return this.bound;
	}

	/**
	 * Whether a handler is at work for it.
	 * @param handler a handler
	 * @return whether it is
	 */
	public boolean runs(RunningHandler handler) {
		Thread current = this.thread;
		return current != null && current.getName().equals(handler.thread());
	}

	/**
	 * Whether a thread runs its lanes, which wait for it therefore.
	 * @param thread the thread
	 * @return whether it does now
	 */
	public boolean isRunBy(Thread thread) {
		return this.thread == thread;
	}

	@Override
	public void add(LaneJob lane) {
		this.ready.add(lane);
		if (this.state.get() == State.IDLE && this.state.compareAndSet(State.IDLE, State.WAITING)) {
			this.pool.add(this);
		}
	}

	@Override
	public void wake() {
		this.pool.wake(this.index);
	}

	/**
	 * Run its lanes until none is left. On the thread that has taken it from the pool.
	 * @param thread runs them
	 */
	void run(WorkerThread thread) {
		this.state.set(State.RUNNING);
		do {
			this.thread = Thread.currentThread();
			LaneJob lane = this.ready.poll();
			while (lane != null && thread.run(lane)) {
				lane = this.ready.poll();
			}
			this.thread = null;
			// Who adds a lane behind the last look finds it idle, or is seen here.
			this.state.set(State.IDLE);
		}
		while (!this.pool.isStopped() && !this.ready.isEmpty() && this.state.compareAndSet(State.IDLE, State.RUNNING));
	}

	private enum State {

		/** It has nothing to do. Whoever brings something puts it into the pool. */
		IDLE,

		/** In the pool's queue, once. */
		WAITING,

		/** With one thread. */
		RUNNING

	}

}
