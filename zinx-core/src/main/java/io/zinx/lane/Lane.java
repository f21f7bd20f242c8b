package io.zinx.lane;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionLane;

/**
 * The way of one connection's messages and hooks to the code that handles them: one at a
 * time, in order. Event loop only, but for the methods of {@link ConnectionLane}.
 */
public interface Lane extends FrameSink, ConnectionLane {

	/**
	 * The connection was admitted: run {@code onStart}, then {@link Reader#begin()}.
	 */
	void start();

	/**
	 * Everything that was ready has been read: see that it is handled and answered.
	 */
	void readComplete();

	/**
	 * Nothing more will come: close the connection once everything that came is handled.
	 * @param reason why
	 */
	void end(CloseReason reason);

	/**
	 * The socket is closed: run {@code onStop} once all is handled, then forget the
	 * connection.
	 */
	void socketClosed();

	/**
	 * The connection is congested: the peer does not read.
	 */
	void congested();

	/**
	 * The outbound backlog is written: go on handling.
	 */
	void relieved();

	/**
	 * All the memory that it held for messages and has given back.
	 * @return bytes, a number that begins again when it overflows
	 */
	default int givenBack() {
		return 0;
	}

	/**
	 * Tell the reader whenever a runner has gone through a part of the messages that
	 * wait: {@link Reader#lookAgain()}.
	 * @param tell whether to do so from now on
	 */
	default void tellWhenLess(boolean tell) {
	}

}
