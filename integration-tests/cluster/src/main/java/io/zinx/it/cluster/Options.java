package io.zinx.it.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The size of a proof.
 *
 * @param seed what all chance follows from, but for the order among threads
 * @param lasts the time for which messages are pushed
 * @param nodes the number of nodes
 * @param users the number of users
 * @param keyRate pushes to keys a second
 * @param roomRate pushes to rooms a second
 * @param allRate pushes to everybody a second
 * @param faults the faults, at equal distances in time
 * @param busy whether the machine has other work, so that results may come late
 */
record Options(long seed, Duration lasts, int nodes, int users, int keyRate, int roomRate, int allRate,
		List<Fault> faults, boolean busy) {

	static final Duration HEARTBEAT = Duration.ofSeconds(3);

	static final Duration NODE_TIMEOUT = Duration.ofSeconds(10);

	static final Duration PUBLISH_TIMEOUT = Duration.ofMillis(500);

	private static final int MILLIS = 1000;

	private static final int MILLIS_PER_MINUTE = 60 * MILLIS;

	private static final Map<String, String> DEFAULTS = Map.of("--seed", "", "--minutes", "10", "--users", "3000",
			"--rates", "300,200,3", "--faults", "restart", "--busy", "false");

	/** Keys are fewer than users: half of them are those of two users. */
	int keys() {
		return this.users * 2 / 3;
	}

	int rooms() {
		return this.users / 3;
	}

	/**
	 * Read a command line of words like {@code --minutes=10}.
	 */
	static Options parse(String[] args) {
		Map<String, String> given = new HashMap<>(DEFAULTS);
		for (String arg : args) {
			int equals = arg.indexOf('=');
			if (equals < 0 || !DEFAULTS.containsKey(arg.substring(0, equals))) {
				throw new IllegalArgumentException(
						"argument: " + arg + " (expected: one of " + DEFAULTS.keySet() + ", as --name=value)");
			}
			given.put(arg.substring(0, equals), arg.substring(equals + 1));
		}
		List<Integer> rates = words(given, "--rates").map(Integer::parseInt).toList();
		String seed = value(given, "--seed");
		double minutes = Double.parseDouble(value(given, "--minutes"));
		return new Options(seed.isEmpty() ? System.currentTimeMillis() / MILLIS : Long.parseLong(seed),
				Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE)), 3, Integer.parseInt(value(given, "--users")),
				rates.get(0), rates.get(1), rates.get(2), words(given, "--faults").map(Fault::of).toList(),
				Boolean.parseBoolean(value(given, "--busy")));
	}

	private static String value(Map<String, String> given, String name) {
		return given.getOrDefault(name, "");
	}

	private static Stream<String> words(Map<String, String> given, String name) {
		return Stream.of(value(given, name).split(",", -1)).filter((word) -> !word.isEmpty() && !word.equals("none"));
	}

	@Override
	public String toString() {
		return "seed " + this.seed + ", " + this.lasts.toSeconds() + " s, " + this.nodes + " nodes, " + this.users
				+ " users, pushes a second: " + this.keyRate + " to keys, " + this.roomRate + " to rooms, "
				+ this.allRate + " to all; faults: " + this.faults.stream().map((fault) -> fault.word).toList();
	}

}
