package io.zinx.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.LoadResult;
import io.zinx.bench.report.BarChart.Bar;
import io.zinx.bench.report.BarChart.Group;

/**
 * The results of several servers under several loads. Each is judged by the median of its
 * rounds, and against the first. One thread.
 */
public final class Standings {

	private final Map<Load, Map<String, List<LoadResult>>> results = new LinkedHashMap<>();

	/**
	 * Add what came of one round.
	 * @param load the load
	 * @param server the server's name; the first that is added under a load is the one
	 * that the others are measured against
	 * @param result the result
	 */
	public void add(Load load, String server, LoadResult result) {
		this.results.computeIfAbsent(load, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(server, (key) -> new ArrayList<>())
			.add(result);
	}

	/**
	 * Write it as Markdown.
	 * @return a table for each load
	 */
	public String tables() {
		StringBuilder text = new StringBuilder();
		this.results.forEach((load, servers) -> {
			text.append("%n**%s**: %s%n%n".formatted(load.name(), load.description()));
			text.append(
					"| server             | CPU us/msg | ratio |    msgs/s |   p50 us |   p99 us | client CPU %% |%n"
						.formatted());
			text.append("| ------------------ | ---------: | ----: | --------: | -------: | -------: | -----------: |%n"
				.formatted());
			servers.forEach((server, rounds) -> text.append(row(server, rounds, first(servers))));
		});
		return text.toString();
	}

	private static String row(String server, List<LoadResult> rounds, List<LoadResult> first) {
		double cpu = median(rounds, LoadResult::cpuMicros);
		return String.format(Locale.ROOT, "| %-18s | %10.2f | %5.2f | %9.0f | %8.0f | %8.0f | %12.0f |%n", server, cpu,
				cpu / median(first, LoadResult::cpuMicros), median(rounds, LoadResult::rate),
				median(rounds, LoadResult::p50), median(rounds, LoadResult::p99),
				median(rounds, LoadResult::clientPercent));
	}

	private static List<LoadResult> first(Map<String, List<LoadResult>> servers) {
		return servers.values().iterator().next();
	}

	private static double median(List<LoadResult> rounds, ToDoubleFunction<LoadResult> value) {
		double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * CPU time for each message, as bars: the first server's have length 1.
	 * @return a group for each load
	 */
	public List<Group> cpu() {
		return groups(LoadResult::cpuMicros);
	}

	/**
	 * Median latency, as bars: the first server's have length 1.
	 * @return a group for each load
	 */
	public List<Group> latency() {
		return groups(LoadResult::p50);
	}

	private List<Group> groups(ToDoubleFunction<LoadResult> value) {
		List<Group> groups = new ArrayList<>();
		this.results.forEach((load, servers) -> {
			double one = median(first(servers), value);
			List<Bar> bars = new ArrayList<>();
			servers.forEach((server, rounds) -> bars.add(bar(server, median(rounds, value), one)));
			groups.add(new Group(load.name() + ": " + load.description(), bars));
		});
		return groups;
	}

	private static Bar bar(String server, double value, double one) {
		return new Bar(server, value / one, String.format(Locale.ROOT, "%.2f us (%.2f)", value, value / one));
	}

}
