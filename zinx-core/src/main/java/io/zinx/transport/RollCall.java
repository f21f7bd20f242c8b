package io.zinx.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.eventloop.EventLoopTasks;

/**
 * Asks every I/O thread at one moment to answer once it has done what it was given before
 * and has looked at its sockets. A thread that a router or hook blocks stays silent until
 * that returns. Any thread.
 */
public final class RollCall {

	private final Set<EventLoop> silent = ConcurrentHashMap.newKeySet();

	RollCall(Iterable<EventExecutor> loops) {
		loops.forEach((loop) -> this.silent.add((EventLoop) loop));
		this.silent.forEach(this::ask);
	}

	private void ask(EventLoop loop) {
		Runnable answer = () -> this.silent.remove(loop);
		EventLoopTasks.execute(loop, () -> EventLoopTasks.executeBehindSockets(loop, answer));
	}

	/**
	 * Whether a thread has not answered.
	 * @param loop its event loop
	 * @return {@code false} also if it has ended
	 */
	public boolean isSilent(EventLoop loop) {
		return this.silent.contains(loop) && !loop.isTerminated();
	}

	/**
	 * The threads that have not answered.
	 * @return their event loops, a snapshot
	 */
	public List<EventLoop> silent() {
		return this.silent.stream().filter(this::isSilent).toList();
	}

}
