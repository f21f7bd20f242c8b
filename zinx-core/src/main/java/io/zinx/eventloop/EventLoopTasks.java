package io.zinx.eventloop;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;

/**
 * Gives tasks to event loops. A loop that has ended has no connections left, so what it
 * is given then is dropped. Any thread.
 */
public final class EventLoopTasks {

	private EventLoopTasks() {
	}

	/**
	 * Run a task on an event loop, in one of its next turns.
	 * @param loop the event loop
	 * @param task the task
	 */
	public static void execute(EventLoop loop, Runnable task) {
		try {
			loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			throwUnlessEnding(loop, ex);
		}
	}

	/**
	 * Run a task on an event loop once it has looked at its sockets, or as many of them
	 * as it looks at in a turn, which it does before scheduled tasks: so a task that goes
	 * on by another one keeps nobody waiting.
	 * @param loop the event loop
	 * @param task the task
	 */
	public static void executeBehindSockets(EventLoop loop, Runnable task) {
		try {
			loop.schedule(task, 1, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			throwUnlessEnding(loop, ex);
		}
	}

	/**
	 * Run a task once an event loop has looked at all sockets that are ready now, however
	 * many turns that takes. Event loop only.
	 * @param loop the event loop
	 * @param task the task
	 */
	public static void executeBehindAllSockets(EventLoop loop, Runnable task) {
		if (loop instanceof MovableEventLoop movable) {
			movable.executeBehindAllSockets(task);
		}
		else {
			executeBehindSockets(loop, task);
		}
	}

	/**
	 * Run a task on an event loop in a second.
	 * @param loop the event loop
	 * @param task the task
	 */
	public static void executeInASecond(EventLoop loop, Runnable task) {
		executeIn(loop, 1000, task);
	}

	/**
	 * Run a task on an event loop after a time.
	 * @param loop the event loop
	 * @param millis the time in milliseconds, 0 or more
	 * @param task the task
	 */
	public static void executeIn(EventLoop loop, long millis, Runnable task) {
		try {
			loop.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			throwUnlessEnding(loop, ex);
		}
	}

	/**
	 * The number of tasks that wait for an event loop, about.
	 * @param loop the event loop
	 * @return 0 or more; 0 if its kind does not tell
	 */
	public static int waiting(EventExecutor loop) {
		if (loop instanceof MovableEventLoop movable) {
			return movable.pendingTasks();
		}
		return (loop instanceof SingleThreadEventExecutor single) ? single.pendingTasks() : 0;
	}

	private static void throwUnlessEnding(EventLoop loop, RejectedExecutionException ex) {
		if (!loop.isShuttingDown()) {
			throw ex;
		}
	}

}
