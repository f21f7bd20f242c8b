package io.zinx.lane;

import io.zinx.connection.ChannelConnection;

/**
 * What the listeners know of whether a connection can take more. The event loop notes a
 * change, the lane tells it between its messages. Changes in between are left out, but
 * for one thing: whoever has seen that a connection takes no more hears when it does
 * again.
 */
final class Writability {

	private final ChannelConnection connection;

	private final Hooks hooks;

	/**
	 * Written by the event loop, and cleared by the lane, which then looks for itself.
	 */
	private volatile boolean changed;

	/** The same, for relief alone. */
	private volatile boolean relieved;

	/** What the listeners heard last. The lane only. */
	private boolean told = true;

	Writability(ChannelConnection connection, Hooks hooks) {
		this.connection = connection;
		this.hooks = hooks;
	}

	/**
	 * There is something to tell, perhaps. Event loop, or the lane.
	 * @param relief whether what waited has been written
	 * @return whether the lane must be made to look: it did not have to look before
	 */
	boolean note(boolean relief) {
		if (relief) {
			this.relieved = true;
		}
		if (this.changed) {
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
		boolean relief = this.relieved;
		if (relief) {
			this.relieved = false;
		}
		boolean now = !this.connection.isCongested();
		if ((now != this.told || (now && relief)) && listening && this.connection.isOpen()) {
			this.told = now;
			this.hooks.onWritabilityChanged(this.connection, now);
		}
	}

}
