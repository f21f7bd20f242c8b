package io.zinx.connection;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A page of connections in the order of their numbers, collected without holding more of
 * them than a page has.
 */
final class ConnectionPage {

	private static final Comparator<Connection> BY_ID = Comparator.comparingLong(Connection::connId);

	private ConnectionPage() {
	}

	/**
	 * Collect a page.
	 * @param connections the connections, in no order
	 * @param after the number of the last connection of the page before
	 * @param limit the most connections to return, 1 or more
	 * @return the connections that follow, in order
	 */
	static List<Connection> of(Iterable<? extends Connection> connections, long after, int limit) {
		PriorityQueue<Connection> smallest = new PriorityQueue<>(BY_ID.reversed());
		for (Connection connection : connections) {
			if (connection.connId() <= after) {
				continue;
			}
			Connection largest = (smallest.size() == limit) ? smallest.element() : null;
			if (largest != null && largest.connId() < connection.connId()) {
				continue;
			}
			if (largest != null) {
				smallest.remove();
			}
			smallest.add(connection);
		}
		return smallest.stream().sorted(BY_ID).toList();
	}

}
