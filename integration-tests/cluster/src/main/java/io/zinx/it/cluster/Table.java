package io.zinx.it.cluster;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import io.zinx.cluster.PushState;
import io.zinx.it.cluster.Model.Outage;
import io.zinx.it.cluster.Model.Violations;

/**
 * The events of a run, as text.
 */
final class Table {

	private static final double MEGABYTE = 1 << 20;

	private static final double NANOS_PER_MILLI = 1e6;

	private static final double NANOS_PER_SECOND = 1e9;

	private static final double[] PARTS = { 0.5, 0.99, 0.999 };

	private Table() {
	}

	/**
	 * A line for each minute.
	 */
	static String minute(Model model) {
		StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "%,d pushes, %,d sessions; heap after a collection:",
				model.pushes.size(), model.sessions.size()));
		for (NodeRun node : model.alive()) {
			long heap = node.heaps.isEmpty() ? 0 : node.heaps.get(node.heaps.size() - 1);
			text.append(String.format(Locale.ROOT, " %s %.1f MB", node, heap / MEGABYTE));
		}
		return text.append("; violations: ").append(violations(model)).toString();
	}

	static int violations(Model model) {
		return model.violations.values().stream().mapToInt((kind) -> kind.count).sum();
	}

	static String of(Model model, Verdict verdict) {
		StringBuilder text = new StringBuilder("\n");
		pushes(text, model);
		line(text, "received by users", verdict.received);
		line(text, "owed by the own node", verdict.owedHere);
		line(text, "owed by other nodes", verdict.owedFromElsewhere);
		line(text, "no-receiver, uncertain", verdict.uncertain);
		line(text, "connections of users", model.sessions.size());
		nodes(text, model);
		outages(text, model);
		int violations = violations(model);
		text.append("\nviolations: ").append(violations).append('\n');
		for (Map.Entry<String, Violations> kind : model.violations.entrySet()) {
			text.append(kind.getValue().count).append(" times ").append(kind.getKey()).append('\n');
			kind.getValue().shown.forEach((shown) -> text.append("  ").append(shown).append('\n'));
		}
		return text.toString();
	}

	private static void line(StringBuilder text, String name, long number) {
		text.append(String.format(Locale.ROOT, "%-28s %,12d%n", name, number));
	}

	private static void pushes(StringBuilder text, Model model) {
		line(text, "pushes", model.pushes.size());
		Map<PushState, Long> states = new EnumMap<>(PushState.class);
		for (Push push : model.pushes) {
			if (push.state != null) {
				states.merge(push.state, 1L, Long::sum);
			}
		}
		states.forEach((state, count) -> line(text, "  " + state, count));
		took(text, "completed, all, ms", model, Long.MIN_VALUE, Long.MAX_VALUE);
		for (Outage outage : model.outages) {
			took(text, "  during " + outage.fault.word, model, outage.begin, outage.recovered);
		}
	}

	private static void took(StringBuilder text, String name, Model model, long from, long to) {
		long[] took = model.pushes.stream()
			.filter((push) -> push.state != null && push.start >= from && push.start <= to)
			.mapToLong(Push::took)
			.sorted()
			.toArray();
		if (took.length == 0) {
			return;
		}
		text.append(String.format(Locale.ROOT, "%-28s", name));
		for (double part : PARTS) {
			text.append(String.format(Locale.ROOT, " p%s %.2f,", Math.round(part * 1000) / 10.0,
					took[(int) (part * (took.length - 1))] / NANOS_PER_MILLI));
		}
		text.append(String.format(Locale.ROOT, " most %.2f (%,d pushes)%n", took[took.length - 1] / NANOS_PER_MILLI,
				took.length));
	}

	private static void nodes(StringBuilder text, Model model) {
		text.append("\n| node | heap MB, each minute | direct MB | most pending KB | most inbound KB | lag us "
				+ "| subscriptions | lost | dropped | connections lost |\n"
				+ "| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |\n");
		for (NodeRun node : model.nodes) {
			NodeState state = node.state;
			if (state == null) {
				continue;
			}
			String heaps = String.join(" ",
					node.heaps.stream().map((heap) -> String.format(Locale.ROOT, "%.1f", heap / MEGABYTE)).toList());
			text.append(String.format(Locale.ROOT, "| %s%s | %s | %.1f | %d | %d | %d | %d | %d | %d | %d |%n", node,
					node.isAlive() ? "" : " (killed)", heaps, node.direct / MEGABYTE, node.mostPending >> 10,
					node.mostInbound >> 10, state.get(NodeState.LAG), state.get(NodeState.SUBSCRIPTIONS),
					state.get(NodeState.LOST), state.get(NodeState.DROPPED), node.losses));
		}
	}

	private static void outages(StringBuilder text, Model model) {
		for (Outage outage : model.outages) {
			text.append(String.format(Locale.ROOT, "%nfault %s: lasted %.2f s, recovered %.2f s behind its end",
					outage.fault.word, (outage.end - outage.begin) / NANOS_PER_SECOND,
					(outage.recovered - outage.end) / NANOS_PER_SECOND));
		}
		text.append('\n');
	}

}
