package io.zinx.it.cluster;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proof that a cluster of processes delivers what it reports as sent: users come and
 * go on three nodes, each pushes to keys, rooms and everybody, and faults happen. Ends
 * with code 1 if something is not as the model says.
 *
 * <pre>
 * --minutes=10                 how long messages are pushed
 * --users=3000                 how many users
 * --rates=300,200,3            pushes a second to keys, to rooms, to everybody
 * --faults=restart             at equal distances: restart, stop, pubsub, node, freeze;
 *                              none for none
 * --seed=N                     repeats the choices of a run
 * --busy=true                  results may come late, because the machine has other work
 * </pre>
 */
public final class ClusterProof {

	private static final Logger report = LoggerFactory.getLogger("report");

	private ClusterProof() {
	}

	/**
	 * Run it.
	 * @param args see above
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Options options = Options.parse(args);
		report.info("{}", options);
		int violations;
		try (Play play = new Play(options, new ProcessSite(System.getProperty("zinx.proof.logs", "target")))) {
			Verdict verdict = play.run();
			report.info("{}", Table.of(play.model, verdict));
			violations = Table.violations(play.model);
		}
		System.exit((violations == 0) ? 0 : 1);
	}

}
