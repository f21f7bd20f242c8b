package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * A worker of mode {@code hash}: handles the messages of its connections one at a time,
 * in their order. It has no thread of its own, but is with one at a time.
 *
 * <pre>
 *          add             a thread takes it
 *  IDLE ---------> WAITING ----------------> RUNNING
 *    ^                ^                        |  |
 *    |                +------------------------+  |
 *    |                  its thread has other      |
 *    |                  things to do              |
 *    +--------------------------------------------+
 *                     no lane is left
 * </pre>
 *
 * It waits for the thread of the event loop of the lane that was added, which runs it
 * behind its sockets; or, if its handlers are slow or the event loop is one whose thread
 * must not be held up, for a thread of its own kind ({@link LaneThreads}).
 */
public final class Worker implements LaneRunner, LaneWork {

	private final int index;

	private final QueueBound bound;

	private final LaneThreads threads;

	private final Queue<LaneJob> ready = new ConcurrentLinkedQueue<>();

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	/** Whoever has the worker: who runs it, or has made it wait. */
	private final Pace pace = new Pace();

	private volatile @Nullable Thread thread;

	Worker(int index, int bound, LaneThreads threads) {
		this.index = index;
		this.bound = new QueueBound(bound);
		this.threads = threads;
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
	 * True if a handler is at work for it.
	 * @param handler a handler
	 * @return whether it is
	 */
	public boolean runs(RunningHandler handler) {
		Thread current = this.thread;
		return current != null && current.getName().equals(handler.thread());
	}

	/**
	 * True if a thread runs its lanes, which wait for it therefore.
	 * @param thread the thread
	 * @return whether it does now
	 */
	public boolean isRunBy(Thread thread) {
		return this.thread == thread;
	}

	/**
	 * The thread that runs its lanes.
	 * @return the thread; {@code null} if none does now
	 */
	@Nullable Thread thread() {
		return this.thread;
	}

	@Override
	public boolean add(LaneJob lane) {
		this.ready.add(lane);
		return this.state.get() == State.IDLE && becomes(State.WAITING) && await(lane);
	}

	@Override
	public void wake() {
		this.threads.wake();
	}

	/**
	 * Wait for a thread.
	 * @param lane one of its lanes
	 * @return whether that thread must be woken
	 */
	private boolean await(LaneJob lane) {
		WorkQueue loop = this.pace.isSlow() ? null : lane.loopQueue();
		if (loop != null) {
			loop.put(this);
			return false;
		}
		this.threads.put(this);
		return true;
	}

	/**
	 * Run its lanes until none is left, or the thread has other things to do.
	 */
	@Override
	public void runOn(LaneThread thread) {
		this.state.set(State.RUNNING);
		boolean goesOn = false;
		try {
			goesOn = runLanes(thread);
			while (goesOn && !this.ready.isEmpty() && becomes(State.RUNNING)) {
				goesOn = runLanes(thread);
			}
		}
		finally {
			if (!goesOn && !this.threads.isStopped()) {
				awaitAgain();
			}
		}
	}

	private void awaitAgain() {
		LaneJob next = this.ready.peek();
		if (next != null && becomes(State.WAITING) && await(next)) {
			wake();
		}
	}

	/**
	 * Run lanes, and be idle behind them: who adds one behind the last look finds that,
	 * or is seen by whoever looks once more.
	 * @return whether none is left and the thread has nothing else to do
	 */
	private boolean runLanes(LaneThread thread) {
		this.thread = Thread.currentThread();
		try {
			return runEach(thread);
		}
		finally {
			this.thread = null;
			this.state.set(State.IDLE);
		}
	}

	private boolean runEach(LaneThread thread) {
		long begun = System.nanoTime();
		LaneJob lane = this.ready.poll();
		while (lane != null) {
			thread.run(lane);
			long ended = System.nanoTime();
			boolean becameSlow = this.pace.note(ended - begun, lane);
			if (becameSlow || !thread.goesOn(ended)) {
				return false;
			}
			begun = ended;
			lane = this.ready.poll();
		}
		return true;
	}

	private boolean becomes(State next) {
		return this.state.compareAndSet(State.IDLE, next);
	}

	private enum State {

		/** It has nothing to do. Whoever brings something makes it wait. */
		IDLE,

		/** In the queue of an event loop or of the threads, once. */
		WAITING,

		/** With one thread. */
		RUNNING

	}

}
