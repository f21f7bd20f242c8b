package io.zinx.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.Recipients;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The connections that a message is sent to, on all nodes: the holders of a key, the
 * members of a group, or all. Immutable.
 */
public final class PushTarget {

	private final Kind kind;

	private final String name;

	private final List<String> exceptKeys;

	private final @Nullable Connection except;

	private PushTarget(Kind kind, String name, List<String> exceptKeys, @Nullable Connection except) {
		this.kind = kind;
		this.name = name;
		this.exceptKeys = exceptKeys;
		this.except = except;
	}

	/**
	 * The connections that have bound a key, see {@link Connection#bind(String)}.
	 * @param key the key
	 * @return the target
	 */
	public static PushTarget key(String key) {
		return of(Kind.KEY, key);
	}

	/**
	 * The members of a group, see {@link ConnManager#group}.
	 * @param group its name
	 * @return the target
	 */
	public static PushTarget group(String group) {
		return of(Kind.GROUP, group);
	}

	/**
	 * All connections.
	 * @return the target
	 */
	public static PushTarget all() {
		return of(Kind.ALL, "");
	}

	static PushTarget of(Kind kind, String name) {
		return new PushTarget(kind, Objects.requireNonNull(name, "name"), List.of(), null);
	}

	/**
	 * The same target without one connection of this node, for example the sender.
	 * @param connection the connection to leave out
	 * @return the target
	 */
	public PushTarget except(Connection connection) {
		return new PushTarget(this.kind, this.name, this.exceptKeys, connection);
	}

	/**
	 * The same target without the holders of keys, on every node: for example all devices
	 * of the sender.
	 * @param keys the keys, at most a few: each one is sent along
	 * @return the target
	 */
	public PushTarget exceptKeys(Collection<String> keys) {
		List<String> all = new ArrayList<>(this.exceptKeys);
		all.addAll(keys);
		return new PushTarget(this.kind, this.name, List.copyOf(all), this.except);
	}

	/**
	 * The kind of target.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * The key or the name of the group.
	 * @return the name; empty for all connections
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The keys whose holders are left out.
	 * @return the keys, usually none
	 */
	public List<String> exceptKeys() {
		return this.exceptKeys;
	}

	/**
	 * The connections of a server that belong to the target, at the time of the call of
	 * {@code broadcast}.
	 * @param connections the connections of the server
	 * @return the recipients
	 */
	public Recipients among(ConnManager connections) {
		Recipients recipients = switch (this.kind) {
			case KEY -> connections.holders(this.name);
			case GROUP -> connections.group(this.name);
			case ALL -> connections.all();
		};
		if (this.except != null) {
			recipients = recipients.except(this.except);
		}
		if (!this.exceptKeys.isEmpty()) {
			Set<Connection> left = new HashSet<>();
			this.exceptKeys.forEach((key) -> left.addAll(connections.allByKey(key)));
			recipients = recipients.where((connection) -> !left.contains(connection));
		}
		return recipients;
	}

	@Override
	public String toString() {
		return (this.kind == Kind.ALL) ? "all connections"
				: ((this.kind == Kind.KEY) ? "key " : "group ") + PeerText.escape(this.name, 100);
	}

	/**
	 * A kind of target.
	 */
	public enum Kind {

		/** The holders of a key. */
		KEY,

		/** The members of a group. */
		GROUP,

		/** All connections. */
		ALL

	}

}
