package io.zinx.connection;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.zinx.metrics.ServerMetrics;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import io.zinx.session.GroupRegistry;
import io.zinx.session.KeyRegistry;
import io.zinx.session.MemberNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a server with their slots, keys and groups: the internal part of a
 * {@link ConnManager}. Any thread.
 */
public final class ConnectionRegistry implements ConnectionOwner, Iterable<ChannelConnection> {

	private static final Logger logger = LoggerFactory.getLogger(ConnManager.class);

	private final ServerMetrics metrics;

	private final Slots slots;

	private final Map<Long, ChannelConnection> connections = new ConcurrentHashMap<>();

	private final KeyRegistry<ChannelConnection> keys = new KeyRegistry<>();

	private final GroupRegistry<ChannelConnection> groups = new GroupRegistry<>();

	private final RejectionListeners rejectionListeners = new RejectionListeners();

	private final AtomicReference<@Nullable ConnectionNumbers> numbers = new AtomicReference<>();

	ConnectionRegistry(Slots slots, ServerMetrics metrics) {
		this.slots = slots;
		this.metrics = metrics;
	}

	/**
	 * The registry behind a manager.
	 * @param manager the manager
	 * @return its registry
	 */
	public static ConnectionRegistry of(ConnManager manager) {
		return manager.registry();
	}

	/**
	 * The slots of its connections.
	 * @return the slots
	 */
	public Slots slots() {
		return this.slots;
	}

	ServerMetrics metrics() {
		return this.metrics;
	}

	KeyRegistry<ChannelConnection> keys() {
		return this.keys;
	}

	GroupRegistry<ChannelConnection> groups() {
		return this.groups;
	}

	/**
	 * The keys and groups that have connections.
	 * @return a view of them
	 */
	public MemberNames memberNames() {
		return new MemberNames(this.keys, this.groups);
	}

	/**
	 * The connections, in no order. One that opens or ends meanwhile may be included or
	 * not.
	 * @return an iterator, in no order
	 */
	@Override
	public Iterator<ChannelConnection> iterator() {
		return this.connections.values().iterator();
	}

	/**
	 * Find a connection.
	 * @param connId its number
	 * @return the connection, or {@code null} if no connection has that number
	 */
	public @Nullable ChannelConnection get(long connId) {
		return this.connections.get(connId);
	}

	Map<Long, ChannelConnection> byId() {
		return this.connections;
	}

	/**
	 * The numbers of new connections.
	 * @param workers the number of workers to which all connections belong; 0 for none
	 * @param loops the number of event loops, 1 or more
	 * @return those made at the first call, whatever is given later, so that no number is
	 * given twice
	 */
	public ConnectionNumbers numbers(int workers, int loops) {
		ConnectionNumbers first = new ConnectionNumbers(workers, loops);
		ConnectionNumbers present = this.numbers.compareAndExchange(null, first);
		return (present != null) ? present : first;
	}

	/**
	 * Register a connection for which a slot was taken.
	 * @param connection the connection
	 */
	public void add(ChannelConnection connection) {
		this.connections.put(connection.connId(), connection);
		this.metrics.links().countAccepted(connection.transport());
		logger.debug("{} admitted", connection);
	}

	/**
	 * Remove a connection. It is counted as closed before its slot is free, so that a
	 * thread that sees the free slot sees the count.
	 */
	@Override
	public boolean remove(ChannelConnection connection, CloseReason reason) {
		if (!this.connections.remove(connection.connId(), connection)) {
			return false;
		}
		long now = connection.context().clocks().wall().millis();
		this.metrics.addLifetime(Math.max(0, now - connection.openedAt().toEpochMilli()));
		this.metrics.countClosed(reason.tag());
		this.metrics.links().countEnded(connection.transport());
		this.slots.giveBack();
		return true;
	}

	@Override
	public BindResult bind(ChannelConnection connection, String key, DuplicateLogin policy) {
		return this.keys.bind(connection, key, policy);
	}

	@Override
	public boolean unbind(ChannelConnection connection, String key) {
		return this.keys.unbind(connection, key);
	}

	@Override
	public void release(ChannelConnection connection) {
		this.keys.release(connection);
		this.groups.release(connection);
	}

	void onRejected(RejectionListener listener) {
		this.rejectionListeners.add(listener);
	}

	/**
	 * Count a rejected client, and call the listeners.
	 * @param remoteAddress its address, or {@code null} if it has already disconnected
	 * @param reason the reason
	 */
	public void rejected(@Nullable SocketAddress remoteAddress, RejectReason reason) {
		this.metrics.countRejected(reason.tag());
		this.rejectionListeners.tell(remoteAddress, reason);
	}

	/**
	 * Drain every connection: it closes when everything that its peer has sent is
	 * handled.
	 * @param plan supplies the plan of each connection
	 */
	public void drain(Supplier<DrainPlan> plan) {
		forEach((connection) -> {
			DrainPlan how = plan.get();
			connection.onLoop(() -> connection.readSide().drain(how));
		});
	}

	/**
	 * Close every connection.
	 * @param reason the reason
	 */
	public void closeAll(CloseReason reason) {
		Objects.requireNonNull(reason, "reason");
		forEach((connection) -> connection.close(reason));
	}

	/**
	 * End the drain of every connection that is not closing yet.
	 */
	public void endDrain() {
		onEachLoop(ReadSide::endDrain);
	}

	/**
	 * Log the bytes that a connection reads and writes.
	 * @param connId its number
	 * @param duration the time to log
	 * @return whether there is a connection of that number
	 */
	public boolean trace(long connId, Duration duration) {
		ChannelConnection connection = get(connId);
		if (connection == null) {
			return false;
		}
		connection.onLoop(() -> connection.readSide().trace(duration));
		return true;
	}

	/**
	 * Read nothing more from any connection.
	 */
	public void stopReading() {
		onEachLoop(ReadSide::stopReading);
	}

	/**
	 * Discard everything that was read and not handed to a lane, on every connection that
	 * is left.
	 */
	public void discard() {
		onEachLoop(ReadSide::discard);
	}

	private void onEachLoop(Consumer<ReadSide> action) {
		forEach((connection) -> connection.onLoop(() -> action.accept(connection.readSide())));
	}

}
