package io.zinx.bench;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The command line of {@link ClusterBench}.
 *
 * @param rounds the number of rounds
 * @param seconds the time for which pushes are measured in a round
 * @param warmUp the time for which they run once before that
 * @param rate pushes a second of the paced measurement
 * @param receivers the number of connections
 * @param keys the number of keys that are subscribed again
 * @param body the length of a body in bytes
 * @param jvmArguments for the nodes' JVMs
 */
record ClusterBenchOptions(int rounds, double seconds, double warmUp, int rate, int receivers, int keys, int body,
		List<String> jvmArguments) {

	private static final Set<String> KEYS = Set.of("rounds", "seconds", "warmup", "rate", "receivers", "keys", "body",
			"jvm", "quick");

	/** A body begins with the time. */
	private static final int LEAST_BODY = Long.BYTES;

	ClusterBenchOptions {
		if (body < LEAST_BODY) {
			throw new IllegalArgumentException("body: " + body + " (expected: " + LEAST_BODY + " or more)");
		}
	}

	/**
	 * Read the command line.
	 * @throws IllegalArgumentException if it contains an unknown option or value
	 */
	static ClusterBenchOptions parse(String[] args) {
		Map<String, String> given = CommandLine.parse(args, KEYS);
		boolean quick = given.containsKey("quick");
		return new ClusterBenchOptions(number(given, "rounds", quick ? 1 : 5),
				Double.parseDouble(given.getOrDefault("seconds", quick ? "0.2" : "3")),
				Double.parseDouble(given.getOrDefault("warmup", quick ? "0.1" : "3")),
				number(given, "rate", quick ? 1000 : 10_000), number(given, "receivers", quick ? 100 : 1000),
				number(given, "keys", quick ? 1000 : 100_000), number(given, "body", 64),
				Stream.of(given.getOrDefault("jvm", "").split(" ", -1)).filter((word) -> !word.isEmpty()).toList());
	}

	private static int number(Map<String, String> given, String name, int otherwise) {
		return Integer.parseInt(given.getOrDefault(name, String.valueOf(otherwise)));
	}

	@Override
	public String toString() {
		return "median of %d rounds of %s s, bodies of %d bytes, %,d receivers".formatted(this.rounds, this.seconds,
				this.body, this.receivers);
	}

}
