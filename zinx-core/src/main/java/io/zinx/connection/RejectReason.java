package io.zinx.connection;

/**
 * The tags under which clients are counted that were turned away before they became
 * connections.
 */
public final class RejectReason {

	/** The server has {@code max-conn} connections. */
	public static final String MAX_CONN = "max-conn";

	/** The server is stopping, or drains. */
	public static final String SERVER_STOPPING = "server-stopping";

	private RejectReason() {
	}

}
