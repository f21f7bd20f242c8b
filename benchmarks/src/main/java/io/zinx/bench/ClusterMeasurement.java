package io.zinx.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The measurement of {@link ClusterBench}. In each round everything is measured once, so
 * that a drift of the machine affects all alike.
 */
final class ClusterMeasurement implements AutoCloseable {

	private static final Logger report = LoggerFactory.getLogger("report");

	private static final double NANOS_PER_SECOND = 1e9;

	private static final double NANOS_PER_MICRO = 1e3;

	private static final double NANOS_PER_MILLI = 1e6;

	private static final double MICROS_PER_MILLI = 1e3;

	/** As many pushes as are due in a millisecond at the default rate. */
	private static final int BURST = 10;

	private static final long LOST = TimeUnit.SECONDS.toNanos(5);

	private final ClusterBenchOptions options;

	private final RedisServer redis;

	private final ClusterNodeProcess sender;

	private final ClusterNodeProcess receiver;

	private final ClusterNodeProcess local;

	private final Map<String, List<Double>> figures = new LinkedHashMap<>();

	ClusterMeasurement(ClusterBenchOptions options) throws IOException {
		this.options = options;
		this.redis = RedisServer.start();
		this.sender = ClusterNodeProcess.start("sender", this.redis.port(), options.jvmArguments());
		this.receiver = ClusterNodeProcess.start("receiver", this.redis.port(), options.jvmArguments());
		this.local = ClusterNodeProcess.start("local", 0, options.jvmArguments());
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-nodes"));
	}

	/**
	 * Measure.
	 * @return a table
	 */
	String run() throws IOException {
		String receivers = String.valueOf(this.options.receivers());
		this.receiver.ask(ClusterNode.RECEIVERS, receivers);
		this.local.ask(ClusterNode.RECEIVERS, receivers);
		for (int rate : new int[] { 0, this.options.rate() }) {
			push(this.local, this.local, rate, 1, this.options.warmUp());
			push(this.sender, this.receiver, rate, 1, this.options.warmUp());
		}
		for (int round = 1; round <= this.options.rounds(); round++) {
			report.info("round {} of {}", round, this.options.rounds());
			fullSpeed();
			paced("one by one", 1);
			paced(BURST + " at a time", BURST);
		}
		resubscribe();
		return table();
	}

	private void fullSpeed() throws IOException {
		Pushed local = push(this.local, this.local, 0, 1, this.options.seconds());
		add("local push at full speed: pushes/s", local.rate());
		add("local push at full speed: CPU us a push", local.senderCpu());
		Pushed remote = push(this.sender, this.receiver, 0, 1, this.options.seconds());
		add("cluster at full speed: pushes/s", remote.rate());
		add("cluster at full speed: CPU us a push, sending node", remote.senderCpu());
		add("cluster at full speed: CPU us a push, Redis", remote.redisCpu());
		add("cluster at full speed: CPU us a push, receiving node", remote.receiverCpu());
	}

	private void paced(String how, int burst) throws IOException {
		int rate = this.options.rate();
		String at = " at " + rate + "/s, " + how + ": ";
		Pushed clock = push(this.local, this.local, -rate, burst, this.options.seconds());
		Pushed local = push(this.local, this.local, rate, burst, this.options.seconds());
		Pushed remote = push(this.sender, this.receiver, rate, burst, this.options.seconds());
		add("clock alone" + at + "CPU us", clock.senderCpu());
		add("local push" + at + "CPU us with the clock", local.senderCpu());
		add("local push" + at + "latency us, median", local.p50());
		add("local push" + at + "latency us, p99", local.p99());
		add("cluster" + at + "CPU us, sending node with the clock", remote.senderCpu());
		add("cluster" + at + "CPU us, Redis", remote.redisCpu());
		add("cluster" + at + "CPU us, receiving node", remote.receiverCpu());
		add("cluster" + at + "latency us, median", remote.p50());
		add("cluster" + at + "latency us, p99", remote.p99());
		add("above a local push" + at + "CPU us, sending node (30 at most)", remote.senderCpu() - local.senderCpu());
		add("above a local push" + at + "CPU us, receiving node (10 at most)",
				remote.receiverCpu() - (local.senderCpu() - clock.senderCpu()));
		add("above a local push" + at + "p99 ms (5 at most)", (remote.p99() - local.p99()) / MICROS_PER_MILLI);
	}

	private Pushed push(ClusterNodeProcess from, ClusterNodeProcess to, int rate, int burst, double seconds)
			throws IOException {
		to.ask(ClusterNode.FORGET);
		double[] before = cpu(from, to);
		long start = System.nanoTime();
		long[] pushed = from.ask(ClusterNode.PUSH, String.valueOf(rate), String.valueOf(burst),
				String.valueOf((long) (seconds * NANOS_PER_SECOND)), String.valueOf(this.options.receivers()),
				String.valueOf(this.options.body()));
		long made = pushed[0];
		long sent = made - pushed[1];
		long end = System.nanoTime();
		long[] received = to.ask(ClusterNode.RECEIVED);
		while (rate >= 0 && received[0] < sent && System.nanoTime() - end < LOST) {
			Pushing.pause();
			received = to.ask(ClusterNode.RECEIVED);
		}
		double[] after = cpu(from, to);
		if (rate >= 0 && received[0] < sent) {
			throw new IOException(sent + " messages were sent and " + received[0] + " received");
		}
		if (pushed[1] > 0) {
			report.info("{} of {} pushes at rate {} were not reported as sent", pushed[1], made, rate);
		}
		return new Pushed(made, (rate < 0) ? end - start : received[1] - start,
				new double[] { after[0] - before[0], after[1] - before[1], after[2] - before[2] }, received[2],
				received[3]);
	}

	private double[] cpu(ClusterNodeProcess from, ClusterNodeProcess to) {
		return new double[] { CpuTime.of(from.process()), CpuTime.of(this.redis.process()), CpuTime.of(to.process()) };
	}

	private void resubscribe() throws IOException {
		this.receiver.ask(ClusterNode.KEYS, String.valueOf(this.options.keys()));
		for (int round = 1; round <= this.options.rounds(); round++) {
			this.receiver.ask(ClusterNode.RESUBSCRIBED);
			long start = System.nanoTime();
			this.redis.command("CLIENT KILL TYPE pubsub");
			long end = this.receiver.read(ClusterNode.RESUBSCRIBED)[0];
			int keys = this.options.keys() + this.options.receivers();
			long topics = this.redis.topics();
			if (topics < keys) {
				throw new IOException("Redis has " + topics + " topics of " + keys);
			}
			add(String.format(Locale.ROOT, "%,d keys subscribed again: ms (1000 at most)", keys),
					(end - start) / NANOS_PER_MILLI);
		}
	}

	private void add(String name, double figure) {
		this.figures.computeIfAbsent(name, (key) -> new ArrayList<>()).add(figure);
	}

	private String table() {
		StringBuilder text = new StringBuilder("| | median | least | most |\n| --- | --: | --: | --: |\n");
		this.figures.forEach((name, all) -> {
			List<Double> sorted = all.stream().sorted().toList();
			text.append(String.format(Locale.ROOT, "| %s | %s | %s | %s |%n", name, text(sorted.get(sorted.size() / 2)),
					text(sorted.get(0)), text(sorted.get(sorted.size() - 1))));
		});
		return text.toString();
	}

	private static String text(double figure) {
		return String.format(Locale.ROOT, (Math.abs(figure) < 100) ? "%.2f" : "%,.0f", figure);
	}

	@Override
	public void close() {
		this.sender.close();
		this.receiver.close();
		this.local.close();
		this.redis.close();
	}

	/**
	 * Pushes that were measured.
	 *
	 * @param count how many
	 * @param nanos from the first to the last receipt
	 * @param cpu the CPU time of the sending node, of Redis and of the receiving node, in
	 * nanoseconds
	 * @param p50 the median latency in microseconds
	 * @param p99 the latency that one of a hundred exceeds
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Pushed(long count, long nanos, double[] cpu, double p50, double p99) {

		double rate() {
			return this.count * NANOS_PER_SECOND / this.nanos;
		}

		double senderCpu() {
			return this.cpu[0] / NANOS_PER_MICRO / this.count;
		}

		double redisCpu() {
			return this.cpu[1] / NANOS_PER_MICRO / this.count;
		}

		double receiverCpu() {
			return this.cpu[2] / NANOS_PER_MICRO / this.count;
		}

	}

}
