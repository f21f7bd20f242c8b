package io.zinx.boot.endpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A page of connections in some order. Walks over the connections once and keeps no more
 * than a page of them.
 *
 * @param limit the maximum number to show
 * @param after only those with a higher number
 * @param filter only those that pass it
 * @param order the order they are sorted in
 */
record ConnectionQuery(int limit, long after, ConnectionFilter filter, ConnectionOrder order) {

	/** The default number of connections on a page. */
	static final int DEFAULT_LIMIT = 100;

	/** The maximum number of connections on a page. */
	static final int MAX_LIMIT = 1000;

	static ConnectionQuery of(@Nullable Integer limit, @Nullable Long after, @Nullable String sort) {
		ConnectionOrder order = (sort != null) ? RequestParameters.parse(ConnectionOrder.class, "sort", sort)
				: ConnectionOrder.ID;
		if (order != ConnectionOrder.ID && after != null) {
			throw RequestParameters.invalid("after", "" + after,
					"none with sort=" + sort + ", because that order changes constantly");
		}
		return new ConnectionQuery(pageSize(limit), (after != null) ? after : 0, ConnectionFilter.ALL, order);
	}

	/**
	 * Return the same query for the connections that pass a filter.
	 */
	ConnectionQuery among(ConnectionFilter filter) {
		return new ConnectionQuery(this.limit, this.after, filter, this.order);
	}

	private static int pageSize(@Nullable Integer limit) {
		if (limit != null && limit < 1) {
			throw RequestParameters.invalid("limit", "" + limit, "1 or more");
		}
		return (limit != null) ? Math.min(limit, MAX_LIMIT) : DEFAULT_LIMIT;
	}

	/**
	 * Find the connections.
	 */
	Page find(ConnManager connections) {
		Comparator<Found> best = Comparator.<Found>comparingLong(Found::rank).thenComparingLong(Found::connId);
		PriorityQueue<Found> page = new PriorityQueue<>(best.reversed());
		Predicate<Connection> filter = this.filter.test();
		walk(connections, (connection) -> {
			long rank = this.order.rank(connection);
			if (page.size() > this.limit && page.element().rank() < rank) {
				return;
			}
			if (connection.connId() > this.after && filter.test(connection)) {
				page.add(new Found(connection, rank));
				if (page.size() > this.limit + 1) {
					page.remove();
				}
			}
		});
		List<Connection> found = page.stream().sorted(best).map(Found::connection).toList();
		boolean more = found.size() > this.limit;
		return new Page(more ? found.subList(0, this.limit) : found, more);
	}

	private void walk(ConnManager connections, Consumer<Connection> visitor) {
		Collection<Connection> candidates = this.filter.candidates(connections);
		if (candidates != null) {
			candidates.forEach(visitor);
		}
		else {
			connections.forEach(visitor);
		}
	}

	/**
	 * The connections that were found.
	 *
	 * @param connections a page
	 * @param more whether there are more after it
	 */
	record Page(List<Connection> connections, boolean more) {
	}

	private record Found(Connection connection, long rank) {

		long connId() {
			return this.connection.connId();
		}

	}

}
