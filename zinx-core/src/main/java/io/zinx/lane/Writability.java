package io.zinx.lane;

import io.zinx.connection.ChannelConnection;

/**
 * The writability of a connection as its listeners know it. The event loop records a
 * change, the lane reports it between messages. Changes in between may be omitted, except
 * that the end of congestion is always reported to code that has seen
 * {@code isWritable()} return {@code false}.
 */
final class Writability {

	private final ChannelConnection connection;

	private final Hooks hooks;

	/**
	 * True after a change. Written by the event loop, and cleared by the lane, which then
	 * reads the current state.
	 */
	private volatile boolean changed;

	/** True after an end of congestion, in the same way. */
	private volatile boolean relieved;

	/** The last reported value. The lane only. */
	private boolean told = true;

	Writability(ChannelConnection connection, Hooks hooks) {
		this.connection = connection;
		this.hooks = hooks;
	}

	/**
	 * Record a possible change. Event loop, or the lane.
	 * @param relief whether congestion has ended
	 * @return whether the lane must be scheduled, because no change was recorded before
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
	 * True if a change is recorded. Any thread.
	 */
	boolean isChanged() {
		return this.changed;
	}

	/**
	 * Report a change. On the lane.
	 * @param listening whether {@code onStart} was called and {@code onStop} was not
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
