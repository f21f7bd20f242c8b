package io.zinx.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The other nodes of a cluster, as their heartbeats tell of them. One thread changes it,
 * any thread reads.
 */
final class NodeTable {

	/** The most nodes that are remembered. */
	static final int MOST_NODES = 4_096;

	private final Duration timeout;

	private final LongSupplier nanoTime;

	private final Map<String, Heard> nodes = new ConcurrentHashMap<>();

	NodeTable(Duration timeout, LongSupplier nanoTime) {
		this.timeout = timeout;
		this.nanoTime = nanoTime;
	}

	/**
	 * Note a heartbeat.
	 * @param id the node
	 * @param body the heartbeat
	 * @return what it says about the node
	 */
	Change heard(String id, HeartbeatBody body) {
		Heard before = this.nodes.get(id);
		if (before == null && this.nodes.size() >= MOST_NODES) {
			return Change.TOO_MANY;
		}
		long now = this.nanoTime.getAsLong();
		this.nodes.put(id, new Heard(id, body, now, now + allowed(body).toNanos()));
		if (before == null) {
			return Change.JOINED;
		}
		return (before.body.incarnation() == body.incarnation()) ? Change.NONE : Change.RESTARTED;
	}

	/**
	 * Give each node the time for two more heartbeats, because none could be heard for a
	 * while: the backplane was away.
	 */
	void hearAgain() {
		long now = this.nanoTime.getAsLong();
		this.nodes.replaceAll((id, known) -> {
			long end = now + Duration.ofMillis(known.body.intervalMillis()).multipliedBy(2).toNanos();
			return (end - known.end > 0) ? new Heard(id, known.body, known.at, end) : known;
		});
	}

	/**
	 * Forget a node that has said goodbye.
	 * @param id the node
	 * @param incarnation the incarnation that ends; a later one stays
	 * @return the node, or {@code null} if it was not known
	 */
	@Nullable ClusterNode left(String id, long incarnation) {
		Heard known = this.nodes.get(id);
		if (known == null || known.body.incarnation() != incarnation) {
			return null;
		}
		this.nodes.remove(id);
		return known.node(this.nanoTime.getAsLong());
	}

	/**
	 * Forget the nodes that were not heard for too long.
	 * @return these nodes
	 */
	List<ClusterNode> expire() {
		long now = this.nanoTime.getAsLong();
		List<ClusterNode> expired = new ArrayList<>();
		this.nodes.values().removeIf((known) -> {
			boolean over = left(known, now) <= 0;
			if (over) {
				expired.add(known.node(now));
			}
			return over;
		});
		return expired;
	}

	/**
	 * The time until the next node expires if it is not heard.
	 * @return nanoseconds, or -1 if there is no node
	 */
	long nextExpiry() {
		long now = this.nanoTime.getAsLong();
		return this.nodes.values().stream().mapToLong((known) -> Math.max(0, left(known, now))).min().orElse(-1);
	}

	private static long left(Heard known, long now) {
		return known.end - now;
	}

	/**
	 * The time for which a node need not be heard. One that sends heartbeats more rarely
	 * than nodes expire here has two of its intervals.
	 */
	private Duration allowed(HeartbeatBody body) {
		Duration interval = Duration.ofMillis(body.intervalMillis());
		return (interval.compareTo(this.timeout) < 0) ? this.timeout : interval.multipliedBy(2);
	}

	@Nullable ClusterNode get(String id) {
		Heard known = this.nodes.get(id);
		return (known != null) ? known.node(this.nanoTime.getAsLong()) : null;
	}

	/**
	 * The nodes.
	 * @return those that have not expired, by name
	 */
	List<ClusterNode> list() {
		long now = this.nanoTime.getAsLong();
		return this.nodes.values()
			.stream()
			.filter((known) -> left(known, now) > 0)
			.map((known) -> known.node(now))
			.sorted(Comparator.comparing(ClusterNode::id))
			.toList();
	}

	/**
	 * News about a node.
	 */
	enum Change {

		/** It is known. */
		NONE,

		/** It was not known. */
		JOINED,

		/** It is known, and was restarted. */
		RESTARTED,

		/** It is not known, and there is no room for it. */
		TOO_MANY

	}

	/**
	 * A node.
	 *
	 * @param id its name
	 * @param body its last heartbeat
	 * @param at the time of that
	 * @param end the time at which it expires if it is not heard
	 */
	private record Heard(String id, HeartbeatBody body, long at, long end) {

		ClusterNode node(long now) {
			return new ClusterNode(this.id, false, this.body.connections(),
					Duration.ofNanos(Math.max(0, now - this.at)));
		}

	}

}
