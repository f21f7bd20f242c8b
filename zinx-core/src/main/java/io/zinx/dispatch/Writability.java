package io.zinx.dispatch;

import io.zinx.connection.ChannelConnection;

/**
 * What the listeners know of whether a connection can take more. The event loop notes a
 * change, the lane tells it between its messages; changes in between are left out.
 */
final class Writability {

	private final ChannelConnection connection;

	private final Hooks hooks;

	private volatile boolean changed;

	/** What the listeners heard last. The lane only. */
	private boolean told = true;

	Writability(ChannelConnection connection, Hooks hooks) {
		this.connection = connection;
		this.hooks = hooks;
	}

	/**
	 * There is something to tell, perhaps. Any thread.
	 * @return whether the lane must be made to look: somebody listens, and it did not
	 * have to look before
	 */
	boolean note() {
		if (this.hooks.isEmpty() || this.changed) {
			return false;
		}
		this.changed = true;
		return true;
	}

	/**
	 * Whether there is something to tell. Any thread.
	 */
	boolean isChanged() {
		return this.changed;
	}

	/**
	 * Tell what has changed. On the lane.
	 * @param listening whether the listeners know the connection, and not its end
	 */
	void tell(boolean listening) {
		this.changed = false;
		boolean now = !this.connection.isCongested();
		if (now != this.told && listening && this.connection.isOpen()) {
			this.told = now;
			this.hooks.onWritabilityChanged(this.connection, now);
		}
	}

}
