package io.zinx.session;

/**
 * The result of {@code Connection.bind(key)}.
 */
public enum BindResult {

	/** The connection holds the key. */
	BOUND,

	/**
	 * Another open connection holds the key, and the policy is
	 * {@link DuplicateLogin#REJECT_NEW}.
	 */
	REJECTED,

	/** The connection has ended: it holds no keys. */
	CLOSED;

	/**
	 * Return whether the connection holds the key.
	 * @return {@code true} for {@link #BOUND}
	 */
	public boolean isBound() {
		return this == BOUND;
	}

}
