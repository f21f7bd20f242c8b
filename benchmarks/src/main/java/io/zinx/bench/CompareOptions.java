package io.zinx.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.Load.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link Compare}.
 *
 * @param rounds the number of rounds
 * @param measured the time for which each load is measured
 * @param warmUp the time for which each load runs before that
 * @param servers the servers, the one to measure against first
 * @param loads the loads
 * @param processors where the servers run, once each: processors as {@code taskset} takes
 * them, or {@link Processors#ANY}
 * @param jvmArguments for the servers' JVMs
 * @param results the folder to write to
 * @param tls true to encrypt all connections
 * @param webSocket true to send each frame as a WebSocket message
 */
record CompareOptions(int rounds, Duration measured, Duration warmUp, List<Contender> servers, List<Load> loads,
		List<String> processors, List<String> jvmArguments, Path results, boolean tls, boolean webSocket) {

	private static final Map<String, Load> LOADS = byName(Load.closed("pingpong", 64, 1, 64),
			Load.closed("pipe16", 64, 16, 64), Load.closed("c1000", 1000, 1, 64), Load.closed("1k", 64, 8, 1024),
			Load.closed("16k", 16, 4, 16 * 1024), new Load("open", Shape.OPEN, 200, 0, 128, 20_000),
			new Load("churn", Shape.CHURN, 16, 1, 64, 0), new Load("broadcast", Shape.BROADCAST, 5000, 1, 64, 0),
			new Load("idle", Shape.IDLE, 9000, 0, 0, 0), new Load("sleep", Shape.SLEEP, 200, 0, 128, 20_000),
			new Load("read", Shape.READ, 200, 0, 128, 20_000), new Load("query", Shape.QUERY, 64, 1, 64, 0),
			new Load("compute", Shape.COMPUTE, 64, 1, 50, 0));

	private static final Set<String> KEYS = Set.of("rounds", "seconds", "warmup", "servers", "loads", "cpus", "jvm",
			"results", "tls", "ws", "quick");

	/** The argument of a JVM that sets the number of event loops. */
	static final String LOOPS = "-Dzinx.bench.loops=";

	/** Pinned to one processor, and as users run it. */
	private static final String BOTH = "0 " + Processors.ANY;

	/** Few enough for a smoke test. */
	private static final int QUICK_CONNECTIONS = 100;

	private static final int MILLIS = 1000;

	private static Map<String, Load> byName(Load... loads) {
		Map<String, Load> byName = new HashMap<>();
		for (Load load : loads) {
			byName.put(load.name(), load);
		}
		return byName;
	}

	/**
	 * Read the command line.
	 * @throws IllegalArgumentException if it contains an unknown option or value
	 */
	static CompareOptions parse(String[] args) {
		Map<String, String> given = CommandLine.parse(args, KEYS);
		return flag(given, "quick") ? quick(given) : full(given);
	}

	private static boolean flag(Map<String, String> given, String name) {
		if (!given.getOrDefault(name, "").isEmpty()) {
			throw new IllegalArgumentException(name + ": " + given.get(name) + " (expected: no value)");
		}
		return given.containsKey(name);
	}

	private static CompareOptions full(Map<String, String> given) {
		return new CompareOptions(Integer.parseInt(given.getOrDefault("rounds", "5")),
				seconds(given.getOrDefault("seconds", "3")), seconds(given.getOrDefault("warmup", "1")),
				servers(given.get("servers"), "netty", "event-loop", "hash-2", "hash-10", "bind"),
				loads(given.getOrDefault("loads", "pingpong,pipe16,c1000,1k")),
				places(given.getOrDefault("cpus", BOTH)), words(given.getOrDefault("jvm", ""), " "),
				Path.of(given.getOrDefault("results", "benchmarks/results")), flag(given, "tls"), flag(given, "ws"));
	}

	private static CompareOptions quick(Map<String, String> given) {
		List<Load> loads = loads(given.getOrDefault("loads", "pingpong,pipe16,16k,open,churn,broadcast,idle")).stream()
			.map((load) -> load.atMost(QUICK_CONNECTIONS))
			.toList();
		return new CompareOptions(1, seconds("0.1"), seconds("0.05"),
				servers(given.get("servers"), "netty", "event-loop", "hash-2", "bind", "spring-hash-2"), loads,
				places(given.getOrDefault("cpus", BOTH)), words(given.getOrDefault("jvm", ""), " "),
				Path.of(given.getOrDefault("results", "benchmarks/target/results")), flag(given, "tls"),
				flag(given, "ws"));
	}

	/**
	 * The number of event loops of each server: one for each of its processors, unless
	 * the arguments of its JVM name another.
	 */
	int loops(Processors where) {
		return this.jvmArguments.stream()
			.filter((argument) -> argument.startsWith(LOOPS))
			.map((argument) -> Integer.parseInt(argument.substring(LOOPS.length())))
			.reduce(where.loops(), (before, next) -> next);
	}

	/**
	 * Once pinned and once not, or one of them: there is one picture of each.
	 */
	private static List<String> places(String given) {
		List<String> places = words(given, " ");
		long pinned = places.stream().filter((place) -> !place.equals(Processors.ANY)).count();
		if (places.isEmpty() || pinned > 1 || places.size() > pinned + 1) {
			throw new IllegalArgumentException("cpus: " + given + " (expected: processors, any, or both)");
		}
		return places;
	}

	private static Duration seconds(String text) {
		return Duration.ofMillis((long) (Double.parseDouble(text) * MILLIS));
	}

	private static List<Contender> servers(@Nullable String given, String... all) {
		List<String> names = (given != null) ? words(given, ",") : Contender.available(all);
		return names.stream().map(Contender::of).toList();
	}

	private static List<Load> loads(String names) {
		return words(names, ",").stream().map(CompareOptions::load).toList();
	}

	private static Load load(String given) {
		int at = given.indexOf('@');
		String name = (at < 0) ? given : given.substring(0, at);
		Load load = LOADS.get(name);
		if (load == null) {
			throw new IllegalArgumentException("load: " + name + " (expected: one of " + LOADS.keySet() + ")");
		}
		return (at < 0) ? load : load.with(Integer.parseInt(given.substring(at + 1)));
	}

	private static List<String> words(String text, String separator) {
		return Stream.of(text.split(separator, -1)).filter((word) -> !word.isEmpty()).toList();
	}

	/**
	 * The part of the names of tables and pictures that says how connections are made.
	 */
	String suffix() {
		if (this.webSocket) {
			return this.tls ? "-wss" : "-ws";
		}
		return this.tls ? "-tls" : "";
	}

	@Override
	public String toString() {
		return "%s%smedian of %d rounds of %s ms".formatted(this.webSocket ? "WebSocket, " : "",
				this.tls ? "TLS 1.3, " : "", this.rounds, this.measured.toMillis());
	}

}
