package io.zinx.eventloop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import org.jspecify.annotations.Nullable;

/**
 * The event loop whose thread is calling. Any thread.
 */
public final class CurrentLoop {

	private CurrentLoop() {
	}

	/**
	 * The event loop of a group whose thread is calling.
	 * @param group the event loops
	 * @return the event loop; {@code null} if the caller is none of their threads
	 */
	public static @Nullable EventExecutor of(EventExecutorGroup group) {
		for (EventExecutor loop : group) {
			if (loop.inEventLoop()) {
				return loop;
			}
		}
		return null;
	}

	/**
	 * True if the caller is the thread of an event loop or of another one of its group,
	 * none of which may wait for the others.
	 * @param loop the event loop
	 * @return whether it is one of them
	 */
	public static boolean isAmongThoseOf(EventLoop loop) {
		EventExecutorGroup group = loop.parent();
		return (group != null) ? of(group) != null : loop.inEventLoop();
	}

}
