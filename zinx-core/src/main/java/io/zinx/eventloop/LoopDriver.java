package io.zinx.eventloop;

import java.util.concurrent.locks.LockSupport;

import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that drives an event loop, or is spare. If another thread has taken its loop
 * while it was held up, it becomes spare as soon as it comes back.
 */
final class LoopDriver implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(LoopDriver.class);

	private final LoopDrivers drivers;

	private final Thread thread;

	private final LogThrottle failed = new LogThrottle(1, System::nanoTime);

	/** The event loop it is to drive; {@code null} while it is spare. */
	private volatile @Nullable MovableEventLoop loop;

	private LoopDriver(LoopDrivers drivers, ServerThreads threads) {
		this.drivers = drivers;
		this.thread = threads.worker(this);
	}

	/**
	 * Start a thread that is spare.
	 * @throws OutOfMemoryError if the system has no more threads
	 */
	static LoopDriver start(LoopDrivers drivers, ServerThreads threads) {
		LoopDriver driver = new LoopDriver(drivers, threads);
		driver.thread.start();
		return driver;
	}

	Thread thread() {
		return this.thread;
	}

	/**
	 * Have it drive an event loop that was taken for its thread. By the one that has
	 * started it, or has found it spare.
	 */
	void drive(MovableEventLoop taken) {
		this.loop = taken;
		LockSupport.unpark(this.thread);
	}

	@Override
	public void run() {
		while (!this.drivers.haveEnded()) {
			MovableEventLoop mine = this.loop;
			if (mine == null) {
				Thread.interrupted();
				LockSupport.park(this);
				continue;
			}
			driveOn(mine);
			this.loop = null;
			this.drivers.spare(this);
		}
	}

	/**
	 * Drive a loop until it has ended or another thread has taken it.
	 */
	private void driveOn(MovableEventLoop mine) {
		do {
			// Meant for a handler, if at all.
			Thread.interrupted();
			mine.enter();
			turns(mine);
			if (mine.isTerminated()) {
				this.drivers.endIfNothingIsLeft();
				return;
			}
			mine.release();
			this.drivers.watch();
			guarded(mine.work()::run);
		}
		while (mine.take(this.thread));
	}

	/**
	 * Look at the sockets until there is something to run. What was finished is written
	 * before each look, also what other threads have finished for its connections.
	 */
	private void turns(MovableEventLoop mine) {
		LoopWork work = mine.work();
		do {
			guarded(work::collect);
			guarded(mine::turn);
		}
		while (!work.isWaiting() && !mine.isTerminated());
	}

	private void guarded(Runnable part) {
		try {
			part.run();
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> this.failed.log((withheld) -> logger.error(
					"[{}] A turn of an event loop failed, the next one goes on ({} more since the last such line)",
					this.drivers.serverName(), withheld, ex)));
		}
	}

}
