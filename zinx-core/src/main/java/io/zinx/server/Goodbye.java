package io.zinx.server;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Maker of the message that tells a client that its connection will end, for example with
 * the address to connect to next. After a kick or a newer login nothing follows it; in a
 * drain, replies may.
 */
@FunctionalInterface
public interface Goodbye {

	/**
	 * Make the last message to a client. Called once for each connection: by one thread
	 * for all of them when the server stops or drains, by the event loop for a connection
	 * that has reached its maximum age, and by the thread that kicks the connection or
	 * binds its key to another one, which may be an event loop. So it must not block. An
	 * exception is logged, and the connection is closed without a message.
	 * @param connection the connection. It is still open, except for
	 * {@link CloseReason#KICKED} and {@link CloseReason#REPLACED}: then it is closing and
	 * accepts only this message
	 * @param reason the reason for its end: {@link CloseReason#SERVER_STOPPING},
	 * {@link CloseReason#DRAINED}, {@link CloseReason#MAX_AGE}, {@code KICKED} or
	 * {@code REPLACED}
	 * @return the message, or {@code null} for none
	 */
	@Nullable Message to(Connection connection, CloseReason reason);

}
