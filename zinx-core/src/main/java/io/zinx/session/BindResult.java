package io.zinx.session;

/**
 * What became of {@code Connection.bind(key)}.
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
	 * Whether the connection holds the key.
	 * @return {@code true} for {@link #BOUND}
	 */
	public boolean isBound() {
		return this == BOUND;
	}

}
