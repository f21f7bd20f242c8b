package io.zinx.routing;

/**
 * The kind of thread that handles the messages of one router, independent of the server's
 * worker mode. The order is kept: the messages of one connection are handled one at a
 * time, in the order received, whichever threads handle them.
 */
public enum Execution {

	/**
	 * The thread of the server's worker mode.
	 */
	DEFAULT("default"),

	/**
	 * The connection's event loop, which must not block.
	 */
	EVENT_LOOP("event-loop"),

	/**
	 * The connection's worker: one of {@code worker-pool-size} threads, as in mode
	 * {@code hash}.
	 */
	WORKER("worker"),

	/**
	 * A thread of the connection's own, as in mode {@code bind}: a virtual one where the
	 * JDK has them, otherwise one of a pool. It may block for long without delaying other
	 * connections.
	 */
	VIRTUAL_THREAD("virtual-thread");

	private final String tag;

	Execution(String tag) {
		this.tag = tag;
	}

	/**
	 * The name in settings and logs.
	 * @return lower case words joined by hyphens
	 */
	@Override
	public String toString() {
		return this.tag;
	}

}
