package io.zinx.eventloop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import io.netty.channel.IoHandler;

/**
 * The tasks that wait until every socket which was ready when they were given has been
 * processed. Event loop only.
 * <p>
 * A handler without a limit processes all in one run. With a limit, sockets are processed
 * in turn, so that it takes as many as there are, or a run that did not reach the limit.
 */
final class SocketPass {

	/**
	 * The number of results of a run that may be no sockets: epoll's own descriptors, for
	 * timers and to wake it up.
	 */
	private static final int NO_SOCKETS = 2;

	private final Queue<Waiting> waiting = new ArrayDeque<>();

	private final IoHandler handler;

	/** The number of sockets processed while tasks were waiting. */
	private long processed;

	SocketPass(IoHandler handler) {
		this.handler = handler;
	}

	boolean isAwaited() {
		return !this.waiting.isEmpty();
	}

	/**
	 * Add a task, behind those that wait.
	 */
	void add(Runnable task) {
		int sockets = (this.handler instanceof LimitedIoHandler limited) ? limited.sockets() : 0;
		this.waiting.add(new Waiting(task, this.processed + sockets));
	}

	/**
	 * A run of the handler has returned.
	 * @param results the number of sockets it has processed, and a few that may be none
	 * @param ready takes the tasks that need not wait longer
	 */
	void ran(int results, Consumer<Runnable> ready) {
		boolean all = !(this.handler instanceof LimitedIoHandler limited) || results < limited.limit()
				|| limited.limit() == 0;
		this.processed += Math.max(0, results - NO_SOCKETS);
		for (Waiting first = this.waiting.peek(); first != null
				&& (all || first.until <= this.processed); first = this.waiting.peek()) {
			this.waiting.remove();
			ready.accept(first.task);
		}
	}

	/**
	 * A task that waits.
	 *
	 * @param task the task
	 * @param until the number of processed sockets that it waits for
	 */
	private record Waiting(Runnable task, long until) {
	}

}
