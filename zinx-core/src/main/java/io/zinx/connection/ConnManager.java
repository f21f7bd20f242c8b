package io.zinx.connection;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

import io.zinx.InvalidSettingException;
import io.zinx.metrics.ServerMetrics;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a server, from admission until {@code onStop} has returned. Any
 * thread, also inside routers and listeners; no lock is held while user code runs.
 * Admission is exact: of any number of clients that connect at the same time,
 * {@code maxConn} are admitted, never more and never fewer.
 */
public final class ConnManager {

	private final ConnectionRegistry registry;

	/**
	 * Create a manager with counters of its own.
	 * @param maxConn the most connections at one time, 1 or more
	 * @throws InvalidSettingException if it is less
	 */
	public ConnManager(int maxConn) {
		this.registry = new ConnectionRegistry(new Slots(maxConn), new ServerMetrics());
	}

	/**
	 * Create a manager, possibly before its limit is known.
	 * @param maxConn supplies the most connections at one time, 1 or more, when that is
	 * first needed, at the latest when the server starts
	 * @param metrics the counters
	 */
	public ConnManager(IntSupplier maxConn, ServerMetrics metrics) {
		this.registry = new ConnectionRegistry(new Slots(maxConn), Objects.requireNonNull(metrics, "metrics"));
	}

	/**
	 * The most connections at one time.
	 * @return 1 or more
	 */
	public int maxConn() {
		return this.registry.slots().max();
	}

	/**
	 * The current number of connections.
	 * @return 0 to {@link #maxConn()}
	 */
	public int size() {
		return this.registry.slots().taken();
	}

	/**
	 * The number of connected clients that wait for a slot, with policy {@code wait}.
	 * @return 0 or more; meanwhile nothing is accepted, so more may wait in the kernel
	 */
	public int waiting() {
		return this.registry.slots().waiting();
	}

	/**
	 * Find a connection.
	 * @param connId its number
	 * @return the connection, or {@code null} if no connection has that number
	 */
	public @Nullable Connection get(long connId) {
		return this.registry.get(connId);
	}

	/**
	 * The numbers of all connections.
	 * @return a snapshot, ascending
	 */
	public long[] ids() {
		return this.registry.byId().keySet().stream().mapToLong(Long::longValue).sorted().toArray();
	}

	/**
	 * Perform an action for each connection, and possibly for those that open or end now.
	 * @param action called once for each; an exception ends the iteration and is rethrown
	 */
	public void forEach(Consumer<? super Connection> action) {
		this.registry.forEach(action);
	}

	/**
	 * Perform an action for each connection until it returns {@code false}.
	 * @param action the action; returns whether to continue
	 * @return whether every connection was visited, and the action always continued
	 */
	public boolean forEachWhile(Predicate<? super Connection> action) {
		for (ChannelConnection connection : this.registry) {
			if (!action.test(connection)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Find the connections that pass a filter.
	 * @param filter returns {@code true} for a connection to find
	 * @return a snapshot, in no order
	 */
	public List<Connection> find(Predicate<? super Connection> filter) {
		return this.registry.byId().values().stream().filter(filter).<Connection>map((found) -> found).toList();
	}

	/**
	 * Find connections by a property; visits all of them, unlike {@link #byKey}.
	 * @param name the property's name
	 * @param value its value
	 * @return a snapshot, in no order
	 */
	public List<Connection> findByProperty(String name, Object value) {
		return find((connection) -> value.equals(connection.property(name)));
	}

	/**
	 * Find an open connection by a key that it has bound.
	 * @param key the key
	 * @return the connection, the one that bound it last if there are several; or
	 * {@code null}
	 */
	public @Nullable Connection byKey(String key) {
		return this.registry.keys().latest(key);
	}

	/**
	 * Find all open connections that have bound a key.
	 * @param key the key
	 * @return a snapshot, in the order of binding
	 */
	public List<Connection> allByKey(String key) {
		return List.copyOf(this.registry.keys().all(key));
	}

	/**
	 * All open connections that have bound a key, as recipients of a broadcast; for
	 * example all devices of a user.
	 * @param key the key
	 * @return the recipients, in the order of binding
	 */
	public Recipients holders(String key) {
		Objects.requireNonNull(key, "key");
		return new Recipients(() -> this.registry.keys().all(key), (connection) -> true);
	}

	/**
	 * A group of connections. It exists as long as it has members.
	 * @param name its name
	 * @return a view of it
	 */
	public Group group(String name) {
		return new Group(this.registry, name);
	}

	/**
	 * The names of all groups that have members.
	 * @return a snapshot, in no order
	 */
	public Set<String> groups() {
		return this.registry.groups().names();
	}

	/**
	 * All connections, as recipients of a broadcast.
	 * @return the recipients
	 */
	public Recipients all() {
		return new Recipients(this.registry.byId()::values, (connection) -> true);
	}

	/**
	 * The connections that pass a filter, as recipients of a broadcast.
	 * @param filter the filter, as for {@link Recipients#where}
	 * @return the recipients
	 */
	public Recipients where(Predicate<? super Connection> filter) {
		return new Recipients(this.registry.byId()::values, filter);
	}

	/**
	 * Send a message to all connections, as {@link Recipients#broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, byte[] body) {
		return all().broadcast(msgId, body);
	}

	/**
	 * Send a text in UTF-8 to all connections, as {@link #broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return the result
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, String text) {
		return all().broadcast(msgId, text);
	}

	/**
	 * A page of the connections, in the order of their numbers.
	 * @param after the last number of the page before, 0 for the first page
	 * @param limit the most connections to return, 1 or more
	 * @return the connections that follow, fewer than {@code limit} at the end
	 */
	public List<Connection> page(long after, int limit) {
		return ConnectionPage.of(this.registry, after, limit);
	}

	/**
	 * Close all current connections, as {@link Connection#close(CloseReason)}.
	 * @param reason the reason, not {@code null}
	 */
	public void closeAll(CloseReason reason) {
		this.registry.closeAll(reason);
	}

	/**
	 * The counters of the server.
	 * @return the counters
	 */
	public ServerMetrics metrics() {
		return this.registry.metrics();
	}

	/**
	 * Register a listener for rejected clients.
	 * @param listener called for each client rejected from now on
	 */
	public void onRejected(RejectionListener listener) {
		this.registry.onRejected(Objects.requireNonNull(listener, "listener"));
	}

	ConnectionRegistry registry() {
		return this.registry;
	}

}
