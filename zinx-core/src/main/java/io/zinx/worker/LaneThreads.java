package io.zinx.worker;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.zinx.diagnostics.LogThrottle;
import io.zinx.outbound.LoopOutboxes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs lanes on as many threads as it takes for none to wait behind another: in mode
 * {@code bind} on virtual threads where the JDK has them, else on those of a pool. When
 * all threads are taken, what waits gets the first that is free. Workers that no event
 * loop runs are run here as well, each with all of its lanes on one thread.
 * <p>
 * A thread that takes something while more waits sees that a spare thread comes for that.
 * If it blocks, the spare thread takes the next; if not, the first thread takes it, and
 * the spare one finds nothing to do. So a thousand lanes that never block cost two
 * threads, and a thousand lanes that block get a thousand.
 */
public final class LaneThreads implements LaneRunner, WorkQueue {

	private static final Logger logger = LoggerFactory.getLogger(LaneThreads.class);

	/**
	 * The number of lanes a thread runs before it wakes the event loops and gives way.
	 */
	private static final int RUN = 64;

	private final int index;

	private final ThreadSource threads;

	private final Queue<LaneWork> ready = new ConcurrentLinkedQueue<>();

	/** The number of further threads that may run lanes. */
	private final Semaphore free;

	/** True while a thread was started that has not looked for a lane yet. */
	private final AtomicBoolean spare = new AtomicBoolean();

	private final String serverName;

	/** The threads that run lanes now. */
	private final Set<Thread> active = ConcurrentHashMap.newKeySet();

	private volatile boolean stopped;

	private final LogThrottle failed = new LogThrottle(1, System::nanoTime);

	/**
	 * Create a runner without threads.
	 * @param serverName the name of the server, for logs
	 * @param index its place among all that an event loop wakes
	 * @param threads where its threads come from
	 */
	public LaneThreads(String serverName, int index, ThreadSource threads) {
		this.serverName = serverName;
		this.index = index;
		this.threads = threads;
		this.free = new Semaphore(threads.limit());
	}

	@Override
	public int index() {
		return this.index;
	}

	@Override
	public boolean add(LaneJob lane) {
		put(lane);
		return true;
	}

	/**
	 * Put work behind what waits. {@link #wake} must be called then. Any thread.
	 */
	@Override
	public void put(LaneWork work) {
		this.ready.add(work);
	}

	@Override
	public void wake() {
		while (!this.stopped && !this.ready.isEmpty() && this.spare.compareAndSet(false, true)) {
			if (this.free.tryAcquire()) {
				start();
				return;
			}
			this.spare.set(false);
			if (this.free.availablePermits() == 0) {
				return;
			}
		}
	}

	private void start() {
		try {
			this.threads.start(this::run);
		}
		catch (Throwable ex) {
			this.free.release();
			this.spare.set(false);
			this.failed.log(
					(withheld) -> logger.error(
							"[{}] A thread could not be started; connections wait until another one is "
									+ "free ({} more failures since the last such line)",
							this.serverName, withheld, ex));
		}
	}

	private void run() {
		this.active.add(Thread.currentThread());
		this.spare.set(false);
		Run run = new Run();
		try {
			run.all();
		}
		finally {
			run.wakeLoops();
			this.active.remove(Thread.currentThread());
			this.free.release();
		}
		wake();
	}

	/**
	 * End: what runs now is interrupted, nothing else is begun.
	 */
	public void stop() {
		stop((thread) -> false);
	}

	/**
	 * End, as {@link #stop()}.
	 * @param spared the threads that are not interrupted
	 */
	public void stop(Predicate<Thread> spared) {
		startNothing();
		running().filter(spared.negate()).forEach(Thread::interrupt);
	}

	/**
	 * Begin nothing any more; what runs goes on.
	 */
	void startNothing() {
		this.stopped = true;
		this.threads.stop();
	}

	/**
	 * True once it was ended.
	 * @return whether nothing is begun any more
	 */
	boolean isStopped() {
		return this.stopped;
	}

	/**
	 * The threads that run lanes. Any thread.
	 * @return as of this moment
	 */
	Stream<Thread> running() {
		return this.active.stream();
	}

	/**
	 * The number of threads that run lanes.
	 * @return 0 or more
	 */
	public int active() {
		return this.active.size();
	}

	/**
	 * The number of threads that run lanes, but for some.
	 * @param excepted those that are not counted
	 * @return 0 or more
	 */
	public int active(Predicate<Thread> excepted) {
		return (int) running().filter(excepted.negate()).count();
	}

	/**
	 * One thread, until nothing waits.
	 */
	private final class Run implements LaneThread {

		private final LoopOutboxes touched = new LoopOutboxes();

		/** The number of lanes run so far. */
		private int lanes;

		void all() {
			LaneWork work = LaneThreads.this.ready.poll();
			while (work != null && !LaneThreads.this.stopped) {
				LaneThreads.this.wake();
				work.runOn(this);
				work = LaneThreads.this.ready.poll();
			}
		}

		@Override
		public void run(LaneJob lane) {
			this.touched.add(lane.outbox());
			LaneRunner.run(lane);
			if (++this.lanes % RUN == 0) {
				wakeLoops();
				LaneThreads.this.threads.giveWay();
			}
			if (!LaneThreads.this.stopped) {
				Thread.interrupted();
			}
		}

		@Override
		public boolean goesOn(long now) {
			return !LaneThreads.this.stopped;
		}

		void wakeLoops() {
			LaneRunner.wake(this.touched);
		}

	}

}
