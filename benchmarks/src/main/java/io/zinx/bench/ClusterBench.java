package io.zinx.bench;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cost of a cluster: pushes from one node to receivers on another one, through one
 * Redis. Sender, Redis and receiver are processes of their own; receivers are connections
 * in memory, without sockets, so that only the cluster is measured. A third node, without
 * a cluster, pushes to its own receivers: a local push, to compare with.
 *
 * <pre>
 * --rounds 5        how many rounds; figures are medians
 * --seconds 3       how long pushes are measured in a round
 * --warmup 3        how long they run once before that
 * --rate 10000      pushes a second of the paced measurement
 * --receivers 1000  how many connections, each with a key of its own
 * --keys 100000     how many keys are subscribed again
 * --body 64         the length of a body, 8 or more
 * --jvm "-D… -X…"   arguments of the nodes' JVMs
 * --quick           a smoke test of a few seconds
 * </pre>
 *
 * It needs {@code redis-server} on the path.
 */
public final class ClusterBench {

	private static final Logger report = LoggerFactory.getLogger("report");

	private ClusterBench() {
	}

	/**
	 * Measure.
	 * @param args see above
	 * @throws IOException if a process cannot be started or ends
	 */
	public static void main(String[] args) throws IOException {
		ClusterBenchOptions options = ClusterBenchOptions.parse(args);
		try (ClusterMeasurement measurement = new ClusterMeasurement(options)) {
			report.info("{}, JDK {}, {} processors\n", options, Runtime.version(),
					Runtime.getRuntime().availableProcessors());
			report.info("{}", measurement.run());
		}
	}

}
