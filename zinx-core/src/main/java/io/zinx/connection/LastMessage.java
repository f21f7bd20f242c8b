package io.zinx.connection;

import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Maker of the last message to a client that is kicked or replaced. Any thread.
 */
@FunctionalInterface
public interface LastMessage {

	/** None. */
	LastMessage NONE = (connection, reason) -> null;

	/**
	 * Make the last message. Called once for a connection whose end is decided, before
	 * its output is closed. Throws nothing.
	 * @param connection the connection
	 * @param reason {@link CloseReason#KICKED} or {@link CloseReason#REPLACED}
	 * @return the message, or {@code null} for none
	 */
	@Nullable Message to(Connection connection, CloseReason reason);

}
