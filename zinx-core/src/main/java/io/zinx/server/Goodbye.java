package io.zinx.server;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Says goodbye to each client that the server is about to leave, or that is thrown out:
 * where to connect next, for example, or that it had better not.
 */
@FunctionalInterface
public interface Goodbye {

	/**
	 * Make the last message to a client. Called once for each connection, by one thread
	 * for all of them when the server stops or drains; by its event loop for one that is
	 * too old; and by whichever thread kicks it or binds its key to another connection,
	 * which may be an event loop. So it must not block. What it throws is logged, and the
	 * connection leaves in silence.
	 * @param connection the connection. It is still open, but for
	 * {@link CloseReason#KICKED} and {@link CloseReason#REPLACED}: then its end is
	 * decided, and it takes nothing more than this message
	 * @param reason why it will close: {@link CloseReason#SERVER_STOPPING},
	 * {@link CloseReason#DRAINED}, {@link CloseReason#MAX_AGE}, {@code KICKED} or
	 * {@code REPLACED}
	 * @return the message, or {@code null} for none
	 */
	@Nullable Message to(Connection connection, CloseReason reason);

}
