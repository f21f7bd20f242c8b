package io.zinx.it.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.zinx.cluster.PushState;
import io.zinx.it.cluster.Model.Outage;
import io.zinx.it.cluster.Session.Membership;

/**
 * The comparison of what was pushed with what was received, when all is over.
 */
final class Verdict {

	/** A message that is on its way to a receiver who leaves is not owed to it. */
	private static final long ON_ITS_WAY = TimeUnit.SECONDS.toNanos(2);

	/** Before Redis is lost; what was sent earlier must arrive. */
	private static final long LOSS_MARGIN = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Above the timeout of a push, for a machine with fewer processors than processes.
	 */
	private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(500);

	/** From the first push of a process: its classes are not loaded before. */
	private static final long COLD = TimeUnit.SECONDS.toNanos(2);

	private final Model model;

	private final boolean busy;

	private final Map<NodeRun, Long> firstPushes = new HashMap<>();

	long owedHere;

	long owedFromElsewhere;

	long received;

	/**
	 * Receivers of pushes that were reported as {@code no-receiver} while their node's
	 * own subscription began or ended: the node does not know whether it is one of those
	 * that Redis has counted, and says that nobody else was.
	 */
	long uncertain;

	long longest;

	/**
	 * Create a verdict.
	 * @param model what has happened
	 * @param busy whether the machine has other work, so that results may come late
	 */
	Verdict(Model model, boolean busy) {
		this.model = model;
		this.busy = busy;
	}

	void check() {
		this.model.pushes.stream()
			.filter((push) -> push.state != null)
			.forEach((push) -> this.firstPushes.merge(push.node, push.start, Math::min));
		this.model.pushes.forEach(this::check);
		for (Session session : this.model.sessions) {
			this.received += session.count();
			session.memberships.forEach(this::check);
		}
	}

	private void check(Push push) {
		PushState state = push.state;
		if (state == null) {
			if (push.node.isAlive()) {
				this.model.violation("not reported", push::toString);
			}
			return;
		}
		this.longest = Math.max(this.longest, push.took());
		if (push.took() > Options.PUBLISH_TIMEOUT.toNanos() + SLACK && !this.busy
				&& !isDelayed(push.start, push.completed)) {
			this.model.violation("late result", () -> push + " took " + push.took() / 1000 + " us");
		}
		if (state == PushState.UNAVAILABLE || state == PushState.UNKNOWN) {
			boolean excused = this.model.outages.stream()
				.anyMatch((outage) -> outage.fault.stopsPushes()
						&& outage.overlaps(push.start - LOSS_MARGIN, push.completed));
			boolean cold = state == PushState.UNKNOWN
					&& push.start - this.firstPushes.getOrDefault(push.node, push.start) < COLD;
			if (!excused && !cold && !this.busy) {
				this.model.violation(state + " without a fault", push::toString);
			}
		}
	}

	private void check(Membership membership) {
		Session session = membership.session;
		for (Push push : this.model.byTarget.getOrDefault(membership.target, List.of())) {
			if (push.state == null) {
				continue;
			}
			boolean has = session.has(push.id);
			if (push.node == session.node) {
				checkHere(membership, push, has);
			}
			else {
				checkFromElsewhere(membership, push, has);
			}
		}
	}

	private void checkHere(Membership membership, Push push, boolean has) {
		if (membership.covers(push.start, push.returned + onItsWay(push))) {
			this.owedHere++;
			if (!has) {
				this.model.violation("missed on its own node", () -> missed(membership, push));
			}
		}
	}

	private void checkFromElsewhere(Membership membership, Push push, boolean has) {
		if (push.state == PushState.UNAVAILABLE) {
			if (has) {
				this.model.violation("received although unavailable", () -> membership.session + " has got " + push);
			}
			return;
		}
		if (push.state == PushState.UNKNOWN || !membership.covers(push.start, push.completed + onItsWay(push))
				|| !membership.session.node.isSubscribed(push.target, push.start, push.completed, LOSS_MARGIN)) {
			return;
		}
		this.owedFromElsewhere++;
		if (push.state == PushState.NO_RECEIVER) {
			if (push.node.isChanging(push.target, push.start, push.completed)) {
				this.uncertain++;
			}
			else {
				this.model.violation("no receiver", () -> push + " had one: " + membership.session);
			}
		}
		else if (!has) {
			this.model.violation("missed", () -> missed(membership, push));
		}
	}

	private String missed(Membership membership, Push push) {
		return String.format(Locale.ROOT,
				"%s has not got %s, %.3f s behind the first push; took %.3f s; member since %.3f s and for %.3f s more",
				membership.session, push, seconds(push.start - this.model.push(0).start), seconds(push.took()),
				seconds(push.start - membership.from), seconds(membership.to - push.completed));
	}

	private static double seconds(long nanos) {
		return nanos / (double) TimeUnit.SECONDS.toNanos(1);
	}

	private long onItsWay(Push push) {
		long onItsWay = this.busy ? Model.LATE : ON_ITS_WAY;
		for (Outage outage : this.model.outages) {
			if (outage.fault.delays && outage.overlaps(push.start, push.completed + ON_ITS_WAY)) {
				// All that waited for a node that stood still comes behind its recovery.
				onItsWay = Math.max(onItsWay, outage.recovered - push.completed + Model.LATE);
			}
		}
		return onItsWay;
	}

	private boolean isDelayed(long from, long to) {
		for (Outage outage : this.model.outages) {
			if (outage.fault.delays && outage.overlaps(from, to)) {
				return true;
			}
		}
		return false;
	}

}
