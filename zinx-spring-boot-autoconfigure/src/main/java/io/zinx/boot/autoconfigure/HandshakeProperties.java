package io.zinx.boot.autoconfigure;

/**
 * Limits on clients before they are connections.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class HandshakeProperties {

	/**
	 * Maximum number of clients whose handshake is under way. They take no slot of
	 * zinx.max-conn. When it is reached, the one that has taken longest is closed.
	 */
	private int maxPending = 1000;

	public int getMaxPending() {
		return this.maxPending;
	}

	public void setMaxPending(int maxPending) {
		this.maxPending = maxPending;
	}

}
