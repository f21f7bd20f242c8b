package io.zinx.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import org.jspecify.annotations.Nullable;

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

	private final ConnManager connections;

	private final LongSupplier nanoTime;

	private Map<Long, Sighting> before = Map.of();

	private volatile List<Sighting> seen = List.of();

	HandlerWatch(ConnManager connections, LongSupplier nanoTime) {
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
			Sighting sighting = sighting(connection, now);
			if (sighting == null || current.size() >= KEPT) {
				return;
			}
			Sighting last = this.before.get(connection.connId());
			if (last != null && last.isSame(sighting)) {
				sighting = last;
				still.add(last);
			}
			current.put(connection.connId(), sighting);
		});
		this.before = current;
		this.seen = still;
	}

	private static @Nullable Sighting sighting(Object connection, long now) {
		if (!(connection instanceof ChannelConnection channel) || !(channel.lane() instanceof QueueLane lane)) {
			return null;
		}
		Thread thread = lane.thread();
		LaneTask task = lane.currentTask();
		if (thread == null) {
			return null;
		}
		FrameBatch batch = (task instanceof FrameBatch frames) ? frames : null;
		return new Sighting(lane, channel.connId(), thread, task, (batch != null) ? batch.position() : -1,
				(batch != null) ? batch.currentMsgId() : -1, now);
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
	 * A lane at one moment: its thread, and what it was at.
	 */
	private record Sighting(QueueLane lane, long connId, Thread thread, @Nullable LaneTask task, int position,
			long msgId, long since) {

		boolean isSame(Sighting other) {
			return this.lane == other.lane && this.thread == other.thread && this.task == other.task
					&& this.position == other.position;
		}

		boolean isGoingOn() {
			return this.lane.thread() == this.thread && this.lane.currentTask() == this.task
					&& (!(this.task instanceof FrameBatch batch) || batch.position() == this.position);
		}

		RunningHandler describe(long now) {
			return new RunningHandler(this.connId, this.msgId, this.thread.getName(),
					Duration.ofNanos(now - this.since));
		}

	}

}
