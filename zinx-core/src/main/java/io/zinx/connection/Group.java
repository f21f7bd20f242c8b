package io.zinx.connection;

import java.util.List;

/**
 * The connections that have joined a group. A view: it holds nothing itself, and the
 * group exists as long as somebody is in it. A connection leaves all its groups the
 * moment its end is decided, before {@code onStop} runs. Any thread; none waits for
 * another one's broadcast.
 */
public final class Group extends Recipients {

	private final ConnManager manager;

	private final String name;

	Group(ConnManager manager, String name) {
		super(() -> manager.groupRegistry().members(name), (connection) -> true);
		this.manager = manager;
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
	 * Let a connection join.
	 * @param connection a connection of this server
	 * @return whether it has joined; {@code false} if it was in already, or has ended
	 * @throws IllegalArgumentException if it is a connection of another server
	 */
	public boolean join(Connection connection) {
		return registry().join(member(connection), this.name);
	}

	/**
	 * Let a connection leave.
	 * @param connection a connection of this server
	 * @return whether it was in
	 * @throws IllegalArgumentException if it is a connection of another server
	 */
	public boolean leave(Connection connection) {
		return registry().leave(member(connection), this.name);
	}

	private ChannelConnection member(Connection connection) {
		if (connection instanceof ChannelConnection member && member.context().manager() == this.manager) {
			return member;
		}
		throw new IllegalArgumentException(connection + " is not a connection of this server");
	}

	/**
	 * Whether a connection is in this group.
	 * @param connection the connection
	 * @return whether it has joined and is open
	 */
	public boolean contains(Connection connection) {
		return connection.isOpen() && connection instanceof ChannelConnection member
				&& registry().members(this.name).contains(member);
	}

	/**
	 * Who is in this group.
	 * @return a snapshot of the open connections, in no order
	 */
	public List<Connection> members() {
		return registry().members(this.name).stream().filter(Connection::isOpen).<Connection>map((c) -> c).toList();
	}

	/**
	 * How many are in this group.
	 * @return 0 or more
	 */
	public int size() {
		return registry().members(this.name).size();
	}

	private GroupRegistry<ChannelConnection> registry() {
		return this.manager.groupRegistry();
	}

	@Override
	public String toString() {
		return "Group " + this.name;
	}

}
