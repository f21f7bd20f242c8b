package io.zinx.bench.load;

import java.io.IOException;

/**
 * The pace of a load: decides when requests are sent.
 */
interface Pace {

	/**
	 * A connection was opened.
	 * @param peer the connection
	 * @throws IOException if it has failed
	 */
	void opened(Peer peer) throws IOException;

	/**
	 * Replies have come.
	 * @param peer the connection
	 * @param count the number of replies
	 * @param now the time
	 * @throws IOException if the connection is broken
	 */
	void replied(Peer peer, int count, long now) throws IOException;

	/**
	 * Make the requests that are due.
	 * @return the longest wait for replies, in milliseconds
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
