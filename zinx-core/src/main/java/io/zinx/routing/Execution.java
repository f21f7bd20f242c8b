package io.zinx.routing;

/**
 * On which thread the messages of one router are handled, regardless of the server's
 * worker mode. A message overtakes nothing all the same: those of one connection are
 * handled one at a time, in the order received, whatever threads they are handled on.
 */
public enum Execution {

	/**
	 * As the worker mode says.
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
	 * JDK has them, otherwise one of a pool. It may block for long and holds up no other
	 * connection.
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
