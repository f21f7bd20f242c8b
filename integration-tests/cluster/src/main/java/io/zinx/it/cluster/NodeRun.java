package io.zinx.it.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.zinx.it.cluster.WatchedBackplane.Change;
import org.jspecify.annotations.Nullable;

/**
 * A node from its start to its end, and when it was subscribed to what. One thread, that
 * of the driver's event loop.
 */
final class NodeRun {

	final String id;

	final Site.Handle handle;

	final List<Client> pushers = new ArrayList<>();

	private final Map<Target, List<Interval>> subscribed = new HashMap<>();

	/** The times between the request of a change and its acknowledgement. */
	private final Map<Target, List<Interval>> changing = new HashMap<>();

	@Nullable NodeState state;

	/** The time of the request that the state answers. */
	long stateAsked;

	long lastLost = Long.MIN_VALUE;

	long lastConnected = Long.MIN_VALUE;

	int losses;

	/** The time at which it was killed. */
	long killed = Long.MAX_VALUE;

	long mostPending;

	long mostInbound;

	/** Heap after a collection, in bytes, in the order of time. */
	final List<Long> heaps = new ArrayList<>();

	long direct;

	NodeRun(String id, Site.Handle handle) {
		this.id = id;
		this.handle = handle;
	}

	boolean isAlive() {
		return this.killed == Long.MAX_VALUE;
	}

	/**
	 * It reports a change of its subscriptions.
	 */
	void changed(ByteBuffer in) {
		Change change = Change.valueOf(Wire.name(in));
		long when = in.getLong();
		switch (change) {
			case CONNECTED -> this.lastConnected = when;
			case LOST -> lost(when);
			default -> {
				while (in.hasRemaining()) {
					changed(change, Target.read(in), when);
				}
			}
		}
	}

	private void changed(Change change, Target target, long when) {
		switch (change) {
			case SUBSCRIBED -> {
				end(this.changing.get(target), when, false);
				begin(this.subscribed, target, when);
			}
			case UNSUBSCRIBING -> {
				end(this.subscribed.get(target), when, false);
				begin(this.changing, target, when);
			}
			case SUBSCRIBING -> begin(this.changing, target, when);
			case UNSUBSCRIBED -> end(this.changing.get(target), when, false);
			default -> throw new IllegalArgumentException(change.toString());
		}
	}

	private static void begin(Map<Target, List<Interval>> map, Target target, long when) {
		map.computeIfAbsent(target, (key) -> new ArrayList<>()).add(new Interval(when));
	}

	private void lost(long when) {
		this.lastLost = when;
		this.losses++;
		this.subscribed.values().forEach((intervals) -> end(intervals, when, true));
		this.changing.values().forEach((intervals) -> end(intervals, when, true));
	}

	private static void end(@Nullable List<Interval> intervals, long when, boolean lost) {
		if (intervals != null) {
			Interval last = intervals.get(intervals.size() - 1);
			if (last.to == Long.MAX_VALUE) {
				last.to = when;
				last.lost = lost;
			}
		}
	}

	void received(NodeState state, long asked) {
		this.state = state;
		this.stateAsked = asked;
		this.mostPending = Math.max(this.mostPending, state.get(NodeState.PENDING));
		this.mostInbound = Math.max(this.mostInbound, state.get(NodeState.INBOUND));
		long heap = state.get(NodeState.HEAP);
		if (heap > 0) {
			this.heaps.add(heap);
			this.direct = state.get(NodeState.DIRECT);
		}
	}

	/**
	 * True if it was subscribed all the time.
	 * @param target to what
	 * @param from the begin of the time
	 * @param to the end of the time
	 * @param lossMargin how long before a lost connection nothing is certain
	 */
	boolean isSubscribed(Target target, long from, long to, long lossMargin) {
		for (Interval interval : this.subscribed.getOrDefault(target, List.of())) {
			long until = interval.lost ? interval.to - lossMargin : interval.to;
			if (interval.from <= from && to <= until) {
				return true;
			}
		}
		return false;
	}

	/**
	 * True if a subscription was about to begin or end at some time. Then the node cannot
	 * tell whether Redis has counted the node itself.
	 */
	boolean isChanging(Target target, long from, long to) {
		return this.changing.getOrDefault(target, List.of())
			.stream()
			.anyMatch((interval) -> interval.from <= to && from <= interval.to);
	}

	@Override
	public String toString() {
		return this.id;
	}

	/**
	 * The time of a subscription.
	 */
	private static final class Interval {

		private final long from;

		private long to = Long.MAX_VALUE;

		private boolean lost;

		Interval(long from) {
			this.from = from;
		}

	}

}
