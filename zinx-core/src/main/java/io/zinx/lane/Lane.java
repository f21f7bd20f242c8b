package io.zinx.lane;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionLane;

/**
 * The lane of one connection: runs its messages, listeners and tasks one at a time, in
 * order. Event loop only, except for the methods of {@link ConnectionLane}.
 */
public interface Lane extends FrameSink, ConnectionLane {

	/**
	 * The connection was admitted: run {@code onStart}, then {@link Reader#begin()}.
	 */
	void start();

	/**
	 * Everything that was ready has been read: have it handled and answered.
	 */
	void readComplete();

	/**
	 * Nothing more will be read: close the connection once everything read is handled.
	 * @param reason the reason of the close
	 */
	void end(CloseReason reason);

	/**
	 * The socket is closed: call {@code onStop} once everything is handled, then remove
	 * the connection.
	 */
	void socketClosed();

	/**
	 * The connection is congested: the peer does not read.
	 */
	void congested();

	/**
	 * The outbound backlog is written: continue to handle messages.
	 */
	void relieved();

	/**
	 * The sum of the memory that was held for messages and released.
	 * @return bytes; overflows and begins again
	 */
	default int givenBack() {
		return 0;
	}

	/**
	 * Notify the reader whenever a runner has handled a part of the waiting messages:
	 * {@link Reader#lookAgain()}.
	 * @param tell whether to notify it from now on
	 */
	default void tellWhenLess(boolean tell) {
	}

}
