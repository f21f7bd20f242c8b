package io.zinx.boot.endpoint;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.netty.util.NetUtil;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Which connections to show, in which order. Walks over the connections once and keeps no
 * more than a page of them.
 *
 * @param limit the most to show
 * @param after only those with a higher number
 * @param remote only those from this address, with or without port; {@code null} for all
 * @param group only those in this group; {@code null} for all
 * @param key only those that have bound this key; {@code null} for all
 * @param state only those in this state; {@code null} for all
 * @param order by what they are sorted
 */
record ConnectionQuery(int limit, long after, @Nullable String remote, @Nullable String group, @Nullable String key,
		@Nullable State state, Order order) {

	/** How many connections a page has, unless asked for another number. */
	static final int DEFAULT_LIMIT = 100;

	/** The most connections of a page. */
	static final int MAX_LIMIT = 1000;

	@SuppressWarnings("checkstyle:ParameterNumber")
	static ConnectionQuery of(@Nullable Integer limit, @Nullable Long after, @Nullable String remote,
			@Nullable String group, @Nullable String key, @Nullable String state, @Nullable String sort) {
		Order order = (sort != null) ? parse(Order.class, "sort", sort) : Order.ID;
		if (order != Order.ID && after != null) {
			throw invalid("after", "" + after, "none with sort=" + sort + ", which changes all the time");
		}
		return new ConnectionQuery(pageSize(limit), (after != null) ? after : 0, remote, group, key,
				(state != null) ? parse(State.class, "state", state) : null, order);
	}

	private static int pageSize(@Nullable Integer limit) {
		if (limit != null && limit < 1) {
			throw invalid("limit", "" + limit, "1 or more");
		}
		return (limit != null) ? Math.min(limit, MAX_LIMIT) : DEFAULT_LIMIT;
	}

	private static <E extends Enum<E>> E parse(Class<E> type, String name, String value) {
		for (E constant : type.getEnumConstants()) {
			if (constant.toString().equals(value)) {
				return constant;
			}
		}
		throw invalid(name, value, "one of " + List.of(type.getEnumConstants()));
	}

	static InvalidEndpointRequestException invalid(String name, @Nullable String value, String expected) {
		String message = name + ": " + value + " (expected: " + expected + ")";
		return new InvalidEndpointRequestException(message, message);
	}

	/**
	 * Find them.
	 */
	Page find(ConnManager connections) {
		Comparator<Found> best = Comparator.<Found>comparingLong(Found::rank).thenComparingLong(Found::connId);
		PriorityQueue<Found> page = new PriorityQueue<>(best.reversed());
		Predicate<Connection> filter = filter();
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
		Collection<Connection> few = few(connections);
		if (few != null) {
			few.forEach(visitor);
		}
		else {
			connections.forEach(visitor);
		}
	}

	/**
	 * The connections among which all are that are asked for, if that is less than all.
	 */
	private @Nullable Collection<Connection> few(ConnManager connections) {
		if (this.key != null) {
			return connections.allByKey(this.key);
		}
		return (this.group != null) ? connections.group(this.group).members() : null;
	}

	private Predicate<Connection> filter() {
		List<Predicate<Connection>> filters = new ArrayList<>();
		if (this.remote != null) {
			filters.add((connection) -> isFrom(connection.remoteAddress(), this.remote));
		}
		if (this.group != null && this.key != null) {
			filters.add((connection) -> connection.groups().contains(this.group));
		}
		if (this.state != null) {
			filters.add((connection) -> State.of(connection) == this.state);
		}
		return (connection) -> filters.stream().allMatch((filter) -> filter.test(connection));
	}

	/**
	 * Whether an address is meant.
	 * @param address the address
	 * @param remote what is meant: an IP address, with or without port
	 */
	static boolean isFrom(SocketAddress address, String remote) {
		if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
			return address.toString().equals(remote);
		}
		return NetUtil.toAddressString(inet.getAddress()).equals(remote)
				|| NetUtil.toSocketAddressString(inet).equals(remote);
	}

	/**
	 * What was found.
	 *
	 * @param connections a page
	 * @param more whether there are more behind it
	 */
	record Page(List<Connection> connections, boolean more) {
	}

	private record Found(Connection connection, long rank) {

		long connId() {
			return this.connection.connId();
		}

	}

	/**
	 * In which state a connection is.
	 */
	enum State {

		/** It is read and written. */
		OPEN,

		/** Too much waits to be written, so it is not read. */
		PAUSED,

		/** Its end is decided. */
		CLOSING;

		static State of(Connection connection) {
			if (!connection.isOpen()) {
				return CLOSING;
			}
			return connection.isWritable() ? OPEN : PAUSED;
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * In which order connections are shown.
	 */
	enum Order {

		/** Lowest number first, which is the oldest. */
		ID("id") {
			@Override
			long rank(Connection connection) {
				return connection.connId();
			}
		},

		/** Longest idle first. */
		IDLE("idle") {
			@Override
			long rank(Connection connection) {
				return connection.lastActiveAt().toEpochMilli();
			}
		},

		/** Most messages received first. */
		MESSAGES_IN("messages-in") {
			@Override
			long rank(Connection connection) {
				return -connection.messagesIn();
			}
		},

		/** Most bytes received first. */
		BYTES_IN("bytes-in") {
			@Override
			long rank(Connection connection) {
				return -connection.bytesIn();
			}
		},

		/** Most bytes sent first. */
		BYTES_OUT("bytes-out") {
			@Override
			long rank(Connection connection) {
				return -connection.bytesOut();
			}
		},

		/** Most bytes waiting to be written first. */
		QUEUED("queued") {
			@Override
			long rank(Connection connection) {
				return -connection.bytesQueued();
			}
		};

		private final String word;

		Order(String word) {
			this.word = word;
		}

		/**
		 * What comes first is lowest. Asked once for each connection and page.
		 */
		abstract long rank(Connection connection);

		@Override
		public String toString() {
			return this.word;
		}

	}

}
