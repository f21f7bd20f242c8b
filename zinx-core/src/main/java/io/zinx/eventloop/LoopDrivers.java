package io.zinx.eventloop;

import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that drive the event loops of one server, and the one that watches them: it
 * gives a loop whose thread is held up in a handler to a spare one.
 * <p>
 * It looks once a millisecond while anything is done, half as often if nothing was held
 * up lately, and sleeps otherwise. A loop that is free in the same phase at two looks is
 * taken if its last thread waits for something. A thread that computes, or has no
 * processor, or reads a socket, all of which look the same, gets {@value #PATIENCE}
 * looks: it mostly comes back, and a loop that moves for nothing costs more.
 */
public final class LoopDrivers {

	private static final Logger logger = LoggerFactory.getLogger(LoopDrivers.class);

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/**
	 * The time between two looks while nothing is held up: each takes some 10 us, on one
	 * processor those of others.
	 */
	private static final long CALM_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	/** The number of looks without anything held up after which that is so. */
	private static final int CALM_LOOKS = 64;

	/** The number of looks after which a thread that seems to run counts as held up. */
	static final int PATIENCE = 6;

	private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

	/** The number of looks without anything done after which nobody looks any more. */
	private static final int QUIET_LOOKS = 20;

	private final ServerThreads threads;

	private final Function<MovableEventLoop, LoopWork> work;

	private final List<Watched> loops = new CopyOnWriteArrayList<>();

	private final Collection<Thread> made = new CopyOnWriteArrayList<>();

	private final Deque<LoopDriver> spares = new ConcurrentLinkedDeque<>();

	private final Thread watcher;

	private final LogThrottle failed = new LogThrottle(1, System::nanoTime);

	/**
	 * The number of looks in a row at which no event loop was free for long. The watcher
	 * only.
	 */
	private int calm;

	/** The number of event loops that were busy at the last look. The watcher only. */
	private int busy;

	/** True while the watcher looks, or will before it sleeps. */
	private volatile boolean watching = true;

	private volatile boolean over;

	/**
	 * Prepare the threads of a server's event loops.
	 * @param threads makes the threads
	 * @param work what is done for the connections of each loop
	 */
	public LoopDrivers(ServerThreads threads, Function<MovableEventLoop, LoopWork> work) {
		this.threads = threads;
		this.work = work;
		this.watcher = threads.daemon("-watch", this::run);
	}

	/**
	 * Drive an event loop from now on, until it has ended. One thread begins all of them.
	 * @param loop an event loop that no thread has; if it cannot be driven, it has ended
	 * @return the event loop
	 * @throws OutOfMemoryError if the system has no more threads
	 */
	public MovableEventLoop begin(MovableEventLoop loop) {
		try {
			loop.begin(this.work.apply(loop), this::watch);
			if (this.watcher.getState() == Thread.State.NEW) {
				this.watcher.start();
			}
			LoopDriver driver = newDriver();
			this.loops.add(new Watched(loop));
			loop.take(driver.thread());
			driver.drive(loop);
			return loop;
		}
		catch (Throwable ex) {
			loop.discard();
			endIfNothingIsLeft();
			throw ex;
		}
	}

	private LoopDriver newDriver() {
		LoopDriver driver = LoopDriver.start(this, this.threads);
		this.made.add(driver.thread());
		if (this.over) {
			LockSupport.unpark(driver.thread());
		}
		return driver;
	}

	/**
	 * The threads that were made. Any thread.
	 * @return all of them, also those that have ended
	 */
	public Collection<Thread> threads() {
		return this.made;
	}

	String serverName() {
		return this.threads.serverName();
	}

	/**
	 * A driver has no loop, or no longer.
	 */
	void spare(LoopDriver driver) {
		this.spares.push(driver);
	}

	/**
	 * An event loop has ended: with the last one nothing is left to drive. Any thread.
	 */
	void endIfNothingIsLeft() {
		if (this.loops.stream().allMatch((watched) -> watched.loop.isTerminated())) {
			this.over = true;
			this.made.forEach(LockSupport::unpark);
			LockSupport.unpark(this.watcher);
		}
	}

	/**
	 * True once all event loops have ended, so that nothing is left to drive.
	 */
	boolean haveEnded() {
		return this.over;
	}

	/**
	 * See that somebody looks from now on, because there is something to look at. Any
	 * thread.
	 */
	public void watch() {
		if (!this.watching) {
			this.watching = true;
			LockSupport.unpark(this.watcher);
		}
	}

	private void run() {
		int quiet = 0;
		while (!this.over) {
			quiet = look() ? 0 : quiet + 1;
			if (quiet < QUIET_LOOKS) {
				LockSupport.parkNanos(this, (this.calm < CALM_LOOKS) ? LOOK_NANOS : CALM_LOOK_NANOS);
				continue;
			}
			this.watching = false;
			// Who does something behind this look finds that nobody watches.
			if (!look() && !this.over) {
				LockSupport.park(this);
			}
			this.watching = true;
			quiet = 0;
		}
	}

	/**
	 * Look at all loops.
	 * @return whether anything was done since the last look, or is under way
	 */
	private boolean look() {
		boolean idle = this.busy < PROCESSORS;
		int busy = 0;
		this.calm++;
		for (Watched watched : this.loops) {
			busy += guarded(watched, idle) ? 1 : 0;
		}
		this.busy = busy;
		return busy > 0;
	}

	/**
	 * Without somebody who looks, no event loop moves any more.
	 */
	private boolean guarded(Watched watched, boolean idle) {
		try {
			return watched.look(idle);
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> this.failed.log((withheld) -> logger.error(
					"[{}] The watcher failed to look at an event loop and goes on ({} more since the last such line)",
					serverName(), withheld, ex)));
			return true;
		}
	}

	/**
	 * Give a loop to another thread, if it is still free since then.
	 */
	private void move(MovableEventLoop loop, int phase) {
		if (loop.isTaken() || loop.phase() != phase) {
			return;
		}
		LoopDriver driver = spareOrNew();
		if (driver == null) {
			return;
		}
		if (loop.take(driver.thread())) {
			driver.drive(loop);
		}
		else {
			spare(driver);
		}
	}

	private @Nullable LoopDriver spareOrNew() {
		LoopDriver spare = this.spares.poll();
		if (spare != null) {
			return spare;
		}
		try {
			return newDriver();
		}
		catch (Throwable ex) {
			this.failed.log((withheld) -> logger
				.error("[{}] No thread could be started; an event loop waits until the handler that holds it up "
						+ "has returned ({} more since the last such line)", serverName(), withheld, ex));
			return null;
		}
	}

	/**
	 * One event loop, as it was at the last look. The watcher only.
	 */
	private final class Watched {

		private final MovableEventLoop loop;

		private int seen;

		/**
		 * The number of looks in a row at which the loop was free in the phase it is in.
		 */
		private int looks;

		Watched(MovableEventLoop loop) {
			this.loop = loop;
		}

		boolean look(boolean idle) {
			int now = this.loop.phase();
			boolean same = now == this.seen;
			this.seen = now;
			boolean free = (now & 1) == 1;
			this.looks = (free && same) ? this.looks + 1 : 0;
			if (this.looks > 0) {
				LoopDrivers.this.calm = 0;
			}
			if (this.looks >= PATIENCE || (this.looks > 0 && isHeldUp())) {
				move(this.loop, now);
			}
			this.loop.work().look(idle);
			return free || !same || this.loop.work().isWaiting();
		}

		/**
		 * True if the thread that had the loop last waits for something.
		 */
		private boolean isHeldUp() {
			Thread last = this.loop.lastOwner();
			return last != null && last.getState() != Thread.State.RUNNABLE;
		}

	}

}
