package io.zinx.boot.endpoint;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import io.netty.util.NetUtil;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A filter of connections.
 *
 * @param remote only those from this address, with or without port; {@code null} for all
 * @param group only those in this group; {@code null} for all
 * @param key only those that have bound this key; {@code null} for all
 * @param state only those in this state; {@code null} for all
 */
record ConnectionFilter(@Nullable String remote, @Nullable String group, @Nullable String key,
		@Nullable ConnectionState state) {

	/** All connections. */
	static final ConnectionFilter ALL = new ConnectionFilter(null, null, null, null);

	static ConnectionFilter of(@Nullable String remote, @Nullable String group, @Nullable String key,
			@Nullable String state) {
		return new ConnectionFilter(remote, group, key,
				(state != null) ? RequestParameters.parse(ConnectionState.class, "state", state) : null);
	}

	/**
	 * Return candidates that include all matching connections, or {@code null} if any
	 * connection may match.
	 */
	@Nullable Collection<Connection> candidates(ConnManager connections) {
		if (this.key != null) {
			return connections.allByKey(this.key);
		}
		return (this.group != null) ? connections.group(this.group).members() : null;
	}

	/**
	 * Create a test that tells which candidates match.
	 */
	Predicate<Connection> test() {
		List<Predicate<Connection>> filters = new ArrayList<>();
		if (this.remote != null) {
			filters.add((connection) -> isFrom(connection.remoteAddress(), this.remote));
		}
		if (this.group != null && this.key != null) {
			filters.add((connection) -> connection.groups().contains(this.group));
		}
		if (this.state != null) {
			filters.add((connection) -> ConnectionState.of(connection) == this.state);
		}
		return (connection) -> filters.stream().allMatch((filter) -> filter.test(connection));
	}

	/**
	 * Tell whether an address matches.
	 * @param address the address
	 * @param remote the IP address to match, with or without port
	 */
	static boolean isFrom(SocketAddress address, String remote) {
		if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
			return address.toString().equals(remote);
		}
		return NetUtil.toAddressString(inet.getAddress()).equals(remote)
				|| NetUtil.toSocketAddressString(inet).equals(remote);
	}

}
