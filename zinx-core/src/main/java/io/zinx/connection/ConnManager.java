package io.zinx.connection;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.zinx.InvalidSettingException;
import io.zinx.metrics.ServerMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of a server, from admission until {@code onStop} has returned. All
 * methods may be called from any thread, also from inside hooks and routers; none holds a
 * lock while user code runs.
 * <p>
 * Admission is exact: of any number of clients that connect at once, never more than
 * {@code maxConn} are let in, and never fewer.
 */
public final class ConnManager {

	private static final Logger logger = LoggerFactory.getLogger(ConnManager.class);

	private final int maxConn;

	private final ServerMetrics metrics;

	private final Map<Long, ChannelConnection> connections = new ConcurrentHashMap<>();

	private final KeyRegistry<ChannelConnection> keys = new KeyRegistry<>();

	private final GroupRegistry<ChannelConnection> groups = new GroupRegistry<>();

	/** Where clients wait for slots: one for each running server with that policy. */
	private final List<WaitingRoom> waitingRooms = new CopyOnWriteArrayList<>();

	private final List<RejectionListener> rejectionListeners = new CopyOnWriteArrayList<>();

	private final AtomicInteger slotsTaken = new AtomicInteger();

	private final AtomicLong lastConnId = new AtomicLong();

	/**
	 * Make a manager.
	 * @param maxConn the most connections at one time, 1 or more
	 * @throws InvalidSettingException if it is less
	 */
	public ConnManager(int maxConn) {
		this(maxConn, new ServerMetrics());
	}

	/**
	 * Make a manager that counts where it is told to.
	 * @param maxConn the most connections at one time, 1 or more
	 * @param metrics the counters
	 * @throws InvalidSettingException if {@code maxConn} is less
	 */
	public ConnManager(int maxConn, ServerMetrics metrics) {
		this.maxConn = InvalidSettingException.requireRange("max-conn", maxConn, 1, Integer.MAX_VALUE);
		this.metrics = Objects.requireNonNull(metrics, "metrics");
	}

	/**
	 * The most connections at one time.
	 * @return 1 or more
	 */
	public int maxConn() {
		return this.maxConn;
	}

	/**
	 * How many connections there are now.
	 * @return 0 to {@link #maxConn()}
	 */
	public int size() {
		return this.slotsTaken.get();
	}

	/**
	 * How many clients that have connected wait for a slot, with policy
	 * {@link MaxConnPolicy#WAIT}. While there are any, nothing more is accepted, so more
	 * may wait in the kernel's queue.
	 * @return 0 or more
	 */
	public int waiting() {
		return this.waitingRooms.stream().mapToInt(WaitingRoom::size).sum();
	}

	/**
	 * Find a connection.
	 * @param connId its number
	 * @return the connection, or {@code null} if there is none of that number
	 */
	public @Nullable Connection get(long connId) {
		return this.connections.get(connId);
	}

	/**
	 * The numbers of all connections.
	 * @return a snapshot, ascending
	 */
	public long[] ids() {
		return this.connections.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
	}

	/**
	 * Do something with each connection. One that comes or goes meanwhile may be seen or
	 * not; every other one is seen once.
	 * @param action what to do; what it throws ends the walk and is thrown on
	 */
	public void forEach(Consumer<? super Connection> action) {
		this.connections.values().forEach(action);
	}

	/**
	 * Do something with each connection until it is enough, as {@link #forEach}.
	 * @param action what to do; says whether to go on
	 * @return whether every connection was seen; {@code false} if the action ended it
	 */
	public boolean forEachWhile(Predicate<? super Connection> action) {
		for (ChannelConnection connection : this.connections.values()) {
			if (!action.test(connection)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Find connections.
	 * @param filter says which
	 * @return a snapshot, in no order
	 */
	public List<Connection> find(Predicate<? super Connection> filter) {
		List<Connection> found = new ArrayList<>();
		forEach((connection) -> {
			if (filter.test(connection)) {
				found.add(connection);
			}
		});
		return found;
	}

	/**
	 * Find connections by a property. Looks at every connection: what is asked often is
	 * better bound as a key, see {@link Connection#bind(String)}.
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
		return this.keys.latest(key);
	}

	/**
	 * Find all open connections that have bound a key.
	 * @param key the key
	 * @return a snapshot, in the order of binding
	 */
	public List<Connection> allByKey(String key) {
		return List.copyOf(this.keys.all(key));
	}

	/**
	 * All open connections that have bound a key, as recipients of a broadcast: all
	 * devices of a user, for example.
	 * @param key the key
	 * @return the recipients, in the order of binding
	 */
	public Recipients holders(String key) {
		Objects.requireNonNull(key, "key");
		return new Recipients(() -> this.keys.all(key), (connection) -> true);
	}

	/**
	 * A group of connections. It exists as long as somebody is in it; asking for it makes
	 * nothing.
	 * @param name its name
	 * @return a view of it
	 */
	public Group group(String name) {
		return new Group(this, name);
	}

	/**
	 * The names of all groups somebody is in.
	 * @return a snapshot, in no order
	 */
	public Set<String> groups() {
		return this.groups.names();
	}

	/**
	 * All connections, as recipients of a broadcast.
	 * @return the recipients
	 */
	public Recipients all() {
		return new Recipients(this::connections, (connection) -> true);
	}

	/**
	 * Some connections, as recipients of a broadcast.
	 * @param filter says which, as {@link Recipients#where}
	 * @return the recipients
	 */
	public Recipients where(Predicate<? super Connection> filter) {
		return new Recipients(this::connections, filter);
	}

	/**
	 * Send a message to all connections, as {@link Recipients#broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body; copied before this method returns
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, byte[] body) {
		return all().broadcast(msgId, body);
	}

	/**
	 * Send a text in UTF-8 to all connections, as
	 * {@link Recipients#broadcast(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return what became of it
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public BroadcastResult broadcast(long msgId, String text) {
		return all().broadcast(msgId, text);
	}

	/**
	 * A page of the connections, in the order of their numbers.
	 * @param after the number of the last connection of the page before, 0 for the first
	 * page
	 * @param limit the most connections to return, 1 or more
	 * @return the connections that follow, fewer than {@code limit} at the end
	 */
	public List<Connection> page(long after, int limit) {
		Comparator<Connection> byId = Comparator.comparingLong(Connection::connId);
		PriorityQueue<Connection> smallest = new PriorityQueue<>(byId.reversed());
		for (ChannelConnection connection : this.connections.values()) {
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
		return smallest.stream().sorted(byId).toList();
	}

	/**
	 * Close all connections there are now. Returns at once; each goes when its last
	 * messages are written and {@code onStop} has returned.
	 * @param reason why
	 */
	public void closeAll(CloseReason reason) {
		forEach((connection) -> connection.close(reason));
	}

	/**
	 * Free the keys of a connection whose end is decided, and let it go from its groups.
	 */
	void release(ChannelConnection connection) {
		this.keys.release(connection);
		this.groups.release(connection);
	}

	KeyRegistry<ChannelConnection> keys() {
		return this.keys;
	}

	GroupRegistry<ChannelConnection> groupRegistry() {
		return this.groups;
	}

	/**
	 * What was counted.
	 * @return the counters
	 */
	public ServerMetrics metrics() {
		return this.metrics;
	}

	/**
	 * Be told of each client that is turned away.
	 * @param listener what to call, from now on
	 */
	public void onRejected(RejectionListener listener) {
		this.rejectionListeners.add(Objects.requireNonNull(listener, "listener"));
	}

	/**
	 * Count a client that is turned away, and tell of it.
	 */
	void rejected(@Nullable SocketAddress remoteAddress, String reason) {
		this.metrics.countRejected(reason);
		for (RejectionListener listener : this.rejectionListeners) {
			try {
				listener.rejected(remoteAddress, reason);
			}
			catch (Throwable ex) {
				LogThrottle.logSafely(() -> logger.error("Listener {} failed on a rejected client",
						listener.getClass().getName(), ex));
			}
		}
	}

	/**
	 * Take a slot for a new connection.
	 * @return whether one was free
	 */
	boolean takeSlot() {
		int taken = this.slotsTaken.get();
		while (taken < this.maxConn) {
			if (this.slotsTaken.compareAndSet(taken, taken + 1)) {
				return true;
			}
			taken = this.slotsTaken.get();
		}
		return false;
	}

	/**
	 * Give back a slot; who waits for one gets it.
	 */
	void giveBack() {
		this.slotsTaken.decrementAndGet();
		this.waitingRooms.forEach(WaitingRoom::slotFreed);
	}

	void open(WaitingRoom room) {
		this.waitingRooms.add(room);
	}

	void close(WaitingRoom room) {
		this.waitingRooms.remove(room);
	}

	long nextConnId() {
		return this.lastConnId.incrementAndGet();
	}

	Collection<ChannelConnection> connections() {
		return this.connections.values();
	}

	void add(ChannelConnection connection) {
		this.connections.put(connection.connId(), connection);
		this.metrics.countAccepted();
		logger.debug("{} admitted", connection);
	}

	/**
	 * Forget a connection. It is counted as closed before its slot is free, so that who
	 * sees the slot sees the count.
	 * @param connection the connection
	 * @param reason why it ended
	 * @return whether it was known
	 */
	boolean remove(ChannelConnection connection, CloseReason reason) {
		if (!this.connections.remove(connection.connId(), connection)) {
			return false;
		}
		long now = connection.context().clocks().wall().millis();
		this.metrics.addLifetime(Math.max(0, now - connection.openedAt().toEpochMilli()));
		this.metrics.countClosed(reason.tag());
		giveBack();
		return true;
	}

}
