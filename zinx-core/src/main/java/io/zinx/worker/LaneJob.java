package io.zinx.worker;

import io.zinx.outbound.LoopOutbox;
import org.jspecify.annotations.Nullable;

/**
 * A lane, as its runner sees it: something to run on one thread at a time. Its
 * {@code toString} names its connection in logs.
 */
public interface LaneJob extends LaneWork, Runnable {

	/**
	 * Do everything there is to do, or a fair part of it. On a thread of its runner.
	 */
	@Override
	void run();

	@Override
	default void runOn(LaneThread thread) {
		thread.run(this);
	}

	/**
	 * Write everything that was answered. Event loop only.
	 */
	void flush();

	/**
	 * The outbox of the event loop that is to be woken for it.
	 * @return the outbox
	 */
	LoopOutbox outbox();

	/**
	 * The queue of work for the thread of its event loop.
	 * @return the queue; {@code null} if that thread runs nothing that may be held up
	 */
	default @Nullable WorkQueue loopQueue() {
		return null;
	}

	/**
	 * The number of messages and tasks that it has handled when it was run last. On the
	 * thread that has run it.
	 * @return 0 or more
	 */
	default int handled() {
		return 1;
	}

}
