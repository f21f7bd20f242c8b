package io.zinx.bench.load;

import java.io.IOException;

/**
 * When requests are made.
 */
interface Pace {

	/**
	 * A connection was opened.
	 * @param peer the connection
	 * @throws IOException if it is broken
	 */
	void opened(Peer peer) throws IOException;

	/**
	 * Replies have come.
	 * @param peer on which connection
	 * @param count how many
	 * @param now the time
	 * @throws IOException if the connection is broken
	 */
	void replied(Peer peer, int count, long now) throws IOException;

	/**
	 * Make the requests that are due.
	 * @return how long to wait for replies at most, in milliseconds
	 * @throws IOException if a connection is broken
	 */
	default long due() throws IOException {
		return 10;
	}

	/**
	 * Make no more requests.
	 */
	default void end() {
	}

}
