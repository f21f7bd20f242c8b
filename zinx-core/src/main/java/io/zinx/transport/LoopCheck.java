package io.zinx.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.eventloop.EventLoopTasks;

/**
 * A check that event loops are not blocked: each is asked to answer once it has run its
 * earlier tasks and polled its sockets. An event loop that a router or listener blocks
 * does not answer until that returns. Any thread.
 */
public final class LoopCheck {

	private final Set<EventLoop> unresponsive = ConcurrentHashMap.newKeySet();

	LoopCheck(Iterable<EventExecutor> loops) {
		loops.forEach((loop) -> this.unresponsive.add((EventLoop) loop));
		this.unresponsive.forEach(this::ask);
	}

	private void ask(EventLoop loop) {
		Runnable answer = () -> this.unresponsive.remove(loop);
		EventLoopTasks.execute(loop, () -> EventLoopTasks.executeBehindSockets(loop, answer));
	}

	/**
	 * Return whether an event loop has not answered.
	 * @param loop the event loop
	 * @return {@code false} also if it has ended
	 */
	public boolean isUnresponsive(EventLoop loop) {
		return this.unresponsive.contains(loop) && !loop.isTerminated();
	}

	/**
	 * The event loops that have not answered.
	 * @return a snapshot
	 */
	public List<EventLoop> unresponsive() {
		return this.unresponsive.stream().filter(this::isUnresponsive).toList();
	}

}
