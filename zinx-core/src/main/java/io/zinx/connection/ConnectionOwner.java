package io.zinx.connection;

import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;

/**
 * The one that knows a connection by its number, keys and groups, and forgets it at its
 * end. Any thread.
 */
public interface ConnectionOwner {

	/**
	 * Give a key to a connection.
	 * @param connection the connection
	 * @param key the key
	 * @param policy what happens if another open connection holds it
	 * @return what became of it
	 */
	BindResult bind(ChannelConnection connection, String key, DuplicateLogin policy);

	/**
	 * Take a key from a connection.
	 * @param connection the connection
	 * @param key the key
	 * @return whether it had the key
	 */
	boolean unbind(ChannelConnection connection, String key);

	/**
	 * Free the keys of a connection whose end is decided, and let it go from its groups.
	 * @param connection the connection
	 */
	void release(ChannelConnection connection);

	/**
	 * Forget a connection whose last hook has run.
	 * @param connection the connection
	 * @param reason why it has ended
	 * @return whether it was known
	 */
	boolean remove(ChannelConnection connection, CloseReason reason);

}
