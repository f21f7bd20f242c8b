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
 * The detection of long-running handlers, without a clock read for each message: it
 * samples all lanes once a second, and a handler that is at the same message as in the
 * last sample has been running since then. One thread samples; any thread reads the
 * result.
 * <p>
 * It reads fields of lanes that their runners write without a lock. The values may be
 * outdated or belong to the next message already, so it may miss a handler for a second,
 * or report one that has just returned. Handlers on event loops that read sockets are not
 * sampled.
 */
final class HandlerWatch {

	/** The most handlers in a result. */
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
	 * Sample all lanes.
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
	 * The handlers that are still at the message of the last sample.
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
	 * A sample of a lane that was running a handler, with the time of the first equal
	 * sample.
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
