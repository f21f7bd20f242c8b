package io.zinx.dispatch;

/**
 * On which threads messages are handled. In every mode the messages of one connection are
 * handled one at a time, in the order received.
 */
public enum WorkerMode {

	/**
	 * A fixed number of worker threads; a connection belongs to the worker
	 * {@code connId % size}. The default.
	 */
	HASH("hash"),

	/**
	 * The connection's event loop. Fastest, for routers and hooks that never block.
	 */
	EVENT_LOOP("event-loop");

	private final String tag;

	WorkerMode(String tag) {
		this.tag = tag;
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
