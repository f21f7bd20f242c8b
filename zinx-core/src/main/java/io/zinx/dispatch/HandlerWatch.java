package io.zinx.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.LaneActivity;
import io.zinx.worker.RunningHandler;

/**
 * Finds handlers that are long at work, without a clock read for any message: it looks at
 * all lanes once a second, and who is at the same message as the last time has been at it
 * since then. One thread looks; any thread reads what it saw.
 * <p>
 * It reads fields of lanes that their runners write without a lock. What it sees may be
 * old or belong to the next message already, so it may overlook a handler for a second,
 * or show one that has just returned. Handlers on event loops that read sockets are not
 * seen: there, nothing else would be either.
 */
final class HandlerWatch {

	/** The most handlers that are kept. */
	private static final int KEPT = 1000;

	private final Iterable<ChannelConnection> connections;

	private final LongSupplier nanoTime;

	private Map<Long, Sighting> before = Map.of();

	private volatile List<Sighting> seen = List.of();

	HandlerWatch(Iterable<ChannelConnection> connections, LongSupplier nanoTime) {
		this.connections = connections;
		this.nanoTime = nanoTime;
	}

	/**
	 * Look at all lanes.
	 */
	void look() {
		long now = this.nanoTime.getAsLong();
		Map<Long, Sighting> current = new HashMap<>();
		List<Sighting> still = new ArrayList<>();
		this.connections.forEach((connection) -> {
			LaneActivity activity = connection.lane().activity();
			if (activity == null || current.size() >= KEPT) {
				return;
			}
			Sighting last = this.before.get(connection.connId());
			if (last != null && last.isOf(connection, activity)) {
				still.add(last);
			}
			else {
				last = new Sighting(connection, activity, now);
			}
			current.put(connection.connId(), last);
		});
		this.before = current;
		this.seen = still;
	}

	/**
	 * Those that are still at what they were at when they were seen.
	 * @return a snapshot, the longest first
	 */
	List<RunningHandler> running() {
		long now = this.nanoTime.getAsLong();
		return this.seen.stream()
			.filter(Sighting::isGoingOn)
			.map((sighting) -> sighting.describe(now))
			.sorted(Comparator.comparing(RunningHandler::forAtLeast).reversed())
			.toList();
	}

	/**
	 * A connection whose lane was at work, and since when.
	 */
	private record Sighting(ChannelConnection connection, LaneActivity activity, long since) {

		boolean isOf(ChannelConnection other, LaneActivity now) {
			return this.connection == other && this.activity.equals(now);
		}

		boolean isGoingOn() {
			return this.activity.equals(this.connection.lane().activity());
		}

		RunningHandler describe(long now) {
			return new RunningHandler(this.connection.connId(), this.activity.msgId(), this.activity.thread().getName(),
					Duration.ofNanos(now - this.since));
		}

	}

}
