package io.zinx.connection;

import java.util.List;

import io.zinx.diagnostics.PeerText;
import io.zinx.session.GroupRegistry;

/**
 * A group of connections, as a view without state of its own: the group exists as long as
 * it has members. A connection leaves all its groups when it begins to close, before
 * {@code onStop} runs. Any thread; no method waits for a broadcast of another thread.
 */
public final class Group extends Recipients {

	private final ConnectionRegistry registry;

	private final String name;

	Group(ConnectionRegistry registry, String name) {
		super(() -> registry.groups().members(name), (connection) -> true);
		this.registry = registry;
		this.name = name;
	}

	/**
	 * The group's name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Add a connection to this group.
	 * @param connection a connection of this server
	 * @return whether it was added; {@code false} if it was a member already, or has
	 * ended
	 * @throws IllegalArgumentException if it is a connection of another server
	 */
	public boolean join(Connection connection) {
		return groups().join(member(connection), this.name);
	}

	/**
	 * Remove a connection from this group.
	 * @param connection a connection of this server
	 * @return whether it was a member
	 * @throws IllegalArgumentException if it is a connection of another server
	 */
	public boolean leave(Connection connection) {
		return groups().leave(member(connection), this.name);
	}

	private ChannelConnection member(Connection connection) {
		if (connection instanceof ChannelConnection member && member.context().owner() == this.registry) {
			return member;
		}
		throw new IllegalArgumentException(connection + " is not a connection of this server");
	}

	/**
	 * Return whether a connection is a member of this group.
	 * @param connection the connection
	 * @return whether it has joined and is open
	 */
	public boolean contains(Connection connection) {
		return connection.isOpen() && connection instanceof ChannelConnection member
				&& groups().members(this.name).contains(member);
	}

	/**
	 * The members of this group.
	 * @return a snapshot of the open connections, in no order
	 */
	public List<Connection> members() {
		return groups().members(this.name).stream().filter(Connection::isOpen).<Connection>map((c) -> c).toList();
	}

	/**
	 * The number of members of this group.
	 * @return 0 or more
	 */
	public int size() {
		return groups().members(this.name).size();
	}

	private GroupRegistry<ChannelConnection> groups() {
		return this.registry.groups();
	}

	@Override
	public String toString() {
		return "Group " + PeerText.escape(this.name);
	}

}
