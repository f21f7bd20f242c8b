package io.zinx.connection;

import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Makes the last message to a client that is thrown out or replaced. Any thread.
 */
@FunctionalInterface
public interface LastMessage {

	/** None. */
	LastMessage NONE = (connection, reason) -> null;

	/**
	 * Make it. Called once for a connection whose end is decided, before nothing more is
	 * accepted. Throws nothing.
	 * @param connection the connection
	 * @param reason {@link CloseReason#KICKED} or {@link CloseReason#REPLACED}
	 * @return the message, or {@code null} for none
	 */
	@Nullable Message to(Connection connection, CloseReason reason);

}
