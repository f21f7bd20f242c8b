package io.zinx.server;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Says goodbye to each client that the server is about to leave: where to connect next,
 * for example.
 */
@FunctionalInterface
public interface Goodbye {

	/**
	 * Make the last message to a client. Called once for each connection, by the thread
	 * that stops or drains the server; by its event loop for one that is too old, so it
	 * must not block. What it throws is logged, and the connection leaves in silence.
	 * @param connection the connection; it is still open
	 * @param reason why it will close
	 * @return the message, or {@code null} for none
	 */
	@Nullable Message to(Connection connection, CloseReason reason);

}
