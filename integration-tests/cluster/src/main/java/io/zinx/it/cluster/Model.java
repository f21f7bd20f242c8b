package io.zinx.it.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * All that has happened, as far as the driver knows. On its event loop.
 */
final class Model {

	/** Keys before rooms, and by number: the same in each run of a seed. */
	static final Comparator<Target> ORDER = Comparator.comparing(Target::kind).thenComparingInt(Target::index);

	/** A message may still be on its way this long after its receiver has left. */
	static final long LATE = TimeUnit.SECONDS.toNanos(6);

	/** A key counts as free when nobody has had it for this long. */
	private static final long FREE = TimeUnit.SECONDS.toNanos(1);

	private static final int SHOWN = 5;

	private static final double NANOS_PER_SECOND = 1e9;

	final List<Push> pushes = new ArrayList<>();

	final Map<Target, List<Push>> byTarget = new HashMap<>();

	final List<Session> sessions = new ArrayList<>();

	final List<NodeRun> nodes = new ArrayList<>();

	final List<Outage> outages = new ArrayList<>();

	/** Violations by their kind. */
	final Map<String, Violations> violations = new TreeMap<>();

	private final Map<Target, Set<Session>> holders = new HashMap<>();

	private final Map<Target, Long> freed = new HashMap<>();

	private final Map<Target, NodeRun> lastHolder = new HashMap<>();

	Push push(int id) {
		return this.pushes.get(id);
	}

	Push newPush(int sender, NodeRun node, Target target) {
		Push push = new Push(this.pushes.size(), sender, node, target, System.nanoTime());
		this.pushes.add(push);
		this.byTarget.computeIfAbsent(target, (key) -> new ArrayList<>()).add(push);
		return push;
	}

	void violation(String kind, Supplier<String> text) {
		Violations violations = this.violations.computeIfAbsent(kind, (key) -> new Violations());
		violations.count++;
		if (violations.shown.size() < SHOWN) {
			violations.shown.add(text.get());
		}
	}

	void held(Target target, Session session) {
		this.holders.computeIfAbsent(target, (key) -> new HashSet<>()).add(session);
	}

	void freed(Target target, Session session, long now) {
		Set<Session> holders = this.holders.get(target);
		if (holders != null && holders.remove(session)) {
			this.freed.put(target, now);
			this.lastHolder.put(target, session.node);
		}
	}

	/**
	 * The state in which a key must have been all the time: online or offline.
	 * @return {@code true} for online, {@code null} if either may be true
	 */
	@Nullable Boolean online(Target key, NodeRun asked, long from, long to) {
		Set<Session> holders = this.holders.getOrDefault(key, Set.of());
		if (holders.isEmpty()) {
			boolean late = this.outages.stream().anyMatch((outage) -> outage.overlaps(from - FREE, to));
			return (!late && this.freed.getOrDefault(key, 0L) < from - FREE) ? false : null;
		}
		for (Session session : holders) {
			boolean member = session.memberships.stream()
				.anyMatch((membership) -> membership.target.equals(key) && membership.covers(from, to));
			if (member && (session.node == asked || session.node.isSubscribed(key, from, to, FREE))) {
				return true;
			}
		}
		return null;
	}

	/**
	 * The holders of a key, and the nodes that are subscribed, in words.
	 */
	String describe(Target key, long from, long to) {
		List<NodeRun> subscribed = alive().stream().filter((node) -> node.isSubscribed(key, from, to, 0)).toList();
		return String.format(Locale.ROOT,
				"had by %s, last freed %.3f s before, subscribed: %s; %.3f s behind the begin", this.holders.get(key),
				(from - this.freed.getOrDefault(key, from)) / NANOS_PER_SECOND, subscribed,
				this.pushes.isEmpty() ? 0 : (from - this.pushes.get(0).asked) / NANOS_PER_SECOND);
	}

	/**
	 * The keys that nobody has since a time.
	 */
	List<Target> freedSince(long since) {
		return this.freed.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().kind() == Target.key(0).kind() && entry.getValue() >= since
					&& this.holders.getOrDefault(entry.getKey(), Set.of()).isEmpty())
			.map(Map.Entry::getKey)
			.sorted(ORDER)
			.toList();
	}

	/**
	 * True if the last holder of a key was connected to a node.
	 */
	boolean wasHeldOn(Target key, NodeRun node) {
		return this.lastHolder.get(key) == node;
	}

	boolean hadFault(long from, long to, Predicate<Fault> kind) {
		return this.outages.stream().anyMatch((outage) -> kind.test(outage.fault) && outage.overlaps(from, to));
	}

	List<NodeRun> alive() {
		return this.nodes.stream().filter(NodeRun::isAlive).toList();
	}

	/**
	 * The violations of a kind.
	 */
	static final class Violations {

		int count;

		final List<String> shown = new ArrayList<>();

	}

	/**
	 * A fault and the time of it.
	 */
	static final class Outage {

		final Fault fault;

		final long begin;

		/** The end of the fault itself. */
		long end = Long.MAX_VALUE;

		/** All nodes are subscribed again. */
		long recovered = Long.MAX_VALUE;

		Outage(Fault fault, long begin) {
			this.fault = fault;
			this.begin = begin;
		}

		boolean overlaps(long from, long to) {
			return this.begin <= to && from <= this.recovered;
		}

	}

}
