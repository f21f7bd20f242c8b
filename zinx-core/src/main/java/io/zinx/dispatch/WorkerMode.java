package io.zinx.dispatch;

import io.zinx.routing.Execution;

/**
 * The kind of threads that handle messages. In every mode, the messages of one connection
 * are handled one at a time, in the order received.
 */
public enum WorkerMode {

	/**
	 * A fixed number of workers, and as many threads for them; a connection belongs to
	 * the worker {@code connId % size}, which handles one message at a time, on any of
	 * the threads. The default.
	 */
	HASH("hash", Execution.WORKER),

	/**
	 * Every connection has a lane of its own: a virtual thread where the JDK has them (21
	 * and later), otherwise one of a pool of platform threads while it has work. A router
	 * that blocks delays no other connection.
	 */
	BIND("bind", Execution.VIRTUAL_THREAD),

	/**
	 * The connection's event loop. Fastest, for routers and listeners that never block.
	 */
	EVENT_LOOP("event-loop", Execution.EVENT_LOOP);

	private final String tag;

	private final Execution execution;

	WorkerMode(String tag, Execution execution) {
		this.tag = tag;
		this.execution = execution;
	}

	/**
	 * The execution of messages whose router has none of its own.
	 */
	Execution execution() {
		return this.execution;
	}

	/**
	 * The mode's name in settings and logs.
	 * @return lower case words joined by hyphens
	 */
	@Override
	public String toString() {
		return this.tag;
	}

}
