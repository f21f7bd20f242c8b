package io.zinx.cluster;

/**
 * The interest of a node in a topic, from its first member here until the end of the
 * subscription after its last one. It outlives lost connections. Changed under the lock
 * of {@link Subscriptions}; any thread reads.
 */
final class Interest {

	private final long id;

	private volatile State state = State.NONE;

	Interest(long id) {
		this.id = id;
	}

	/** A number that no other interest of the node has, 1 or more. */
	long id() {
		return this.id;
	}

	State state() {
		return this.state;
	}

	void enter(State state) {
		this.state = state;
	}

	/**
	 * The state of a subscription.
	 *
	 * <pre>
	 * NONE -- command --> SUBSCRIBING -- answer --> SUBSCRIBED -- command --> UNSUBSCRIBING -- answer --> forgotten
	 *  ^                       |                        |  ^                      |    |
	 *  +-- failure ------------+                        |  +-------- failure -----+    |
	 *  +-- connection lost ----+------------------------+------------------------------+
	 * </pre>
	 */
	enum State {

		/** Not subscribed. */
		NONE,

		/** The command is under way: messages may arrive already. */
		SUBSCRIBING,

		/** Messages arrive. */
		SUBSCRIBED,

		/** The command is under way: messages may still arrive. */
		UNSUBSCRIBING;

		/** True if the node is subscribed once all commands are answered. */
		boolean isTowardsSubscribed() {
			return this == SUBSCRIBING || this == SUBSCRIBED;
		}

	}

}
