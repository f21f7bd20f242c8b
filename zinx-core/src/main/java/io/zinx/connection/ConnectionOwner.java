package io.zinx.connection;

import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;

/**
 * The owner of connections: finds them by number, keys and groups, and removes each at
 * its end. Any thread.
 */
public interface ConnectionOwner {

	/**
	 * Bind a key to a connection.
	 * @param connection the connection
	 * @param key the key
	 * @param policy the policy if another open connection holds it
	 * @return the result
	 */
	BindResult bind(ChannelConnection connection, String key, DuplicateLogin policy);

	/**
	 * Release a key of a connection.
	 * @param connection the connection
	 * @param key the key
	 * @return whether it had the key
	 */
	boolean unbind(ChannelConnection connection, String key);

	/**
	 * Release the keys and groups of a connection that is ending.
	 * @param connection the connection
	 */
	void release(ChannelConnection connection);

	/**
	 * Remove a connection whose last listener has returned.
	 * @param connection the connection
	 * @param reason the reason of its end
	 * @return whether it was registered
	 */
	boolean remove(ChannelConnection connection, CloseReason reason);

}
