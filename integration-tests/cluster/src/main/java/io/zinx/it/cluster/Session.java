package io.zinx.it.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.zinx.cluster.PushTarget.Kind;

/**
 * A connection of a user to a node: what it has joined, and what it has received. On the
 * driver's event loop. Times are on the safe side: a membership begins when the node has
 * confirmed it, and ends when its end is asked for.
 */
final class Session {

	private final Model model;

	final int user;

	final NodeRun node;

	final List<Membership> memberships = new ArrayList<>();

	private final Map<Target, Membership> members = new HashMap<>();

	private final Set<Target> asked = new TreeSet<>(Model.ORDER);

	private final Map<Target, Long> left = new HashMap<>();

	private Map<Stream, Integer> last = new HashMap<>();

	private int[] received = new int[16];

	private int count;

	Session(Model model, int user, NodeRun node) {
		this.model = model;
		this.user = user;
		this.node = node;
	}

	boolean hasAsked(Target target) {
		return this.asked.contains(target);
	}

	/**
	 * The keys and rooms it is a member of, and has not asked to leave, in an order that
	 * does not change.
	 */
	List<Target> members() {
		return this.members.keySet()
			.stream()
			.filter((target) -> target.kind() != Kind.ALL)
			.sorted(Model.ORDER)
			.toList();
	}

	void asked(Target target) {
		this.asked.add(target);
		this.model.held(target, this);
	}

	void joined(Target target, long now) {
		Membership membership = new Membership(this, target, now);
		this.members.put(target, membership);
		this.memberships.add(membership);
		this.left.put(target, Long.MAX_VALUE);
	}

	void leaving(Target target, long now) {
		Membership membership = this.members.remove(target);
		if (membership != null) {
			membership.to = now;
		}
		this.left.put(target, now);
	}

	void left(Target target, long now) {
		this.asked.remove(target);
		this.model.freed(target, this, now);
	}

	void closed(long since, long now) {
		this.members.values().forEach((membership) -> membership.to = since);
		this.members.clear();
		this.asked.forEach((target) -> this.model.freed(target, this, now));
		this.asked.clear();
		this.last = Map.of();
		this.received = Arrays.copyOf(this.received, this.count);
		Arrays.sort(this.received);
	}

	void received(int id, int sender, Target target, long now) {
		Integer before = this.last.put(new Stream(sender, target), id);
		if (before != null && before >= id) {
			this.model.violation((before == id) ? "twice" : "out of order",
					() -> this + " has received " + this.model.push(id) + " after number " + before);
		}
		boolean asked = target.equals(Target.ALL) || this.asked.contains(target);
		if (!asked && now - this.left.getOrDefault(target, 0L) > Model.LATE) {
			this.model.violation("not a member", () -> this + " has received " + this.model.push(id));
		}
		if (this.count == this.received.length) {
			this.received = Arrays.copyOf(this.received, 2 * this.count);
		}
		this.received[this.count++] = id;
	}

	int count() {
		return this.count;
	}

	/**
	 * True if it has received a push; behind its end.
	 */
	boolean has(int id) {
		return Arrays.binarySearch(this.received, id) >= 0;
	}

	@Override
	public String toString() {
		return "user " + this.user + " on " + this.node;
	}

	/**
	 * The messages of a sender to a target.
	 *
	 * @param sender the sender
	 * @param target the target
	 */
	private record Stream(int sender, Target target) {
	}

	/**
	 * The time for which a session has a key or is in a room.
	 */
	static final class Membership {

		final Session session;

		final Target target;

		final long from;

		long to = Long.MAX_VALUE;

		Membership(Session session, Target target, long from) {
			this.session = session;
			this.target = target;
			this.from = from;
		}

		boolean covers(long begin, long end) {
			return this.from <= begin && end <= this.to;
		}

	}

}
