package io.zinx.worker;

import io.zinx.outbound.LoopOutbox;

/**
 * A lane, as its runner sees it: something to run on one thread at a time. Its
 * {@code toString} names its connection in logs.
 */
public interface LaneJob extends Runnable {

	/**
	 * Do everything there is to do, or a fair part of it. On a thread of its runner.
	 */
	@Override
	void run();

	/**
	 * Write everything that was answered. Event loop only.
	 */
	void flush();

	/**
	 * The outbox of the event loop that is to be woken for it.
	 * @return the outbox
	 */
	LoopOutbox outbox();

}
