package io.zinx.it.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import io.zinx.it.cluster.Model.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults and what must be true behind them.
 */
final class Faults {

	private static final Logger report = LoggerFactory.getLogger("report");

	/** The time within which nodes must be subscribed again. */
	private static final Duration RESUBSCRIBED = Duration.ofSeconds(3);

	private static final Duration LONG = Duration.ofSeconds(30);

	/** Between two looks at the nodes, and between a death and the questions. */
	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final int MOST_QUESTIONS = 300;

	private static final double NANOS_PER_MILLI = 1e6;

	private final Play play;

	private final SplittableRandom random;

	private int killed;

	Faults(Play play) {
		this.play = play;
		this.random = new SplittableRandom(play.options.seed() ^ 0x5DEECE66DL);
	}

	void run(Fault fault) throws IOException, InterruptedException {
		List<NodeRun> nodes = this.play.alive();
		NodeRun victim = nodes.get(this.random.nextInt(nodes.size()));
		Outage outage = this.play.onLoop(() -> begin(fault, victim));
		report.info("fault {}{}", fault.word, (fault == Fault.NODE || fault == Fault.FREEZE) ? " of " + victim : "");
		this.play.site().begin(fault, nodes, victim);
		if (fault == Fault.NODE) {
			die(victim, outage);
			return;
		}
		this.play.pause(fault.lasts);
		this.play.site().end(fault, victim);
		long end = System.nanoTime();
		this.play.onLoop(() -> outage.end = end);
		recover(fault, nodes, outage);
	}

	private Outage begin(Fault fault, NodeRun victim) {
		long now = System.nanoTime();
		Outage outage = new Outage(fault, now);
		this.play.model.outages.add(outage);
		if (fault == Fault.NODE) {
			victim.killed = now;
		}
		return outage;
	}

	private void recover(Fault fault, List<NodeRun> nodes, Outage outage) throws InterruptedException {
		boolean recovered = this.play.await(LONG, () -> {
			boolean lost = !fault.loses || nodes.stream()
				.allMatch((node) -> node.lastLost > outage.begin && node.lastConnected > node.lastLost);
			return lost && this.play.areComplete(outage.end);
		});
		long now = System.nanoTime();
		this.play.onLoop(() -> {
			outage.recovered = now;
			double millis = (now - outage.end) / NANOS_PER_MILLI;
			report.info("fault {}: all nodes are subscribed {} ms behind its end", fault.word, Math.round(millis));
			if (!recovered || (fault.loses && now - outage.end > RESUBSCRIBED.toNanos())) {
				this.play.model.violation("not subscribed again",
						() -> fault.word + ": " + Math.round(millis) + " ms behind the end of the fault");
			}
			return true;
		});
	}

	private void die(NodeRun victim, Outage outage) throws IOException, InterruptedException {
		this.play.pause(SECOND);
		int asked = this.play.onLoop(() -> askForUsersOf(victim));
		long most = Options.NODE_TIMEOUT.plus(SECOND).toNanos();
		boolean forgotten = this.play.await(Duration.ofNanos(most).multipliedBy(2),
				() -> this.play.model.alive().stream().noneMatch((node) -> knows(node, victim)));
		long now = System.nanoTime();
		this.play.onLoop(() -> {
			long took = now - outage.begin;
			report.info("fault node: {} keys must be offline; forgotten by all others behind {} ms", asked,
					Math.round(took / NANOS_PER_MILLI));
			if (!forgotten || took > most) {
				this.play.model.violation("node not forgotten", () -> victim + " behind " + took / NANOS_PER_MILLI);
			}
			if (asked == 0) {
				this.play.model.violation("vacuous", () -> "Nobody was on " + victim + " alone");
			}
			outage.end = now;
			outage.recovered = now;
			return true;
		});
		this.killed++;
		this.play.startNode(victim.id + "-" + this.killed);
	}

	private static boolean knows(NodeRun node, NodeRun other) {
		NodeState state = node.state;
		return state == null || state.nodes().contains(other.id);
	}

	private int askForUsersOf(NodeRun victim) {
		List<Target> keys = this.play.model.freedSince(victim.killed);
		List<NodeRun> alive = this.play.model.alive();
		int most = Math.min(keys.size(), MOST_QUESTIONS);
		int asked = 0;
		for (Target key : keys.subList(0, most)) {
			if (this.play.model.wasHeldOn(key, victim)) {
				this.play.pushers().ask(alive.get(this.random.nextInt(alive.size())), key, false);
				asked++;
			}
		}
		return asked;
	}

}
