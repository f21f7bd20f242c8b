package io.zinx.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.util.Version;
import io.zinx.bench.load.Load;
import io.zinx.bench.load.Load.Shape;
import io.zinx.bench.load.LoadClient;
import io.zinx.bench.load.LoadResult;
import io.zinx.bench.report.BarChart;
import io.zinx.bench.report.Standings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares servers with one that is written by hand on Netty. Each runs in a process of
 * its own, all on the same processor, while the load comes from another one. In each
 * round every load goes to one server after the other, so that a drift of the machine
 * hits them all alike. The figure to trust is the server's CPU time for each message.
 *
 * <pre>
 * --rounds 5        how many rounds; figures are medians
 * --seconds 3       how long each load is measured in a round
 * --warmup 1        how long it runs before that
 * --servers a,b     netty, MODE, MODE-WORKERS, spring-MODE, spring-MODE-WORKERS;
 *                   the others are measured against the first
 * --loads a,b       pingpong, pipe16, c1000, 1k, 16k, open, churn, broadcast, idle
 * --cpus 0          the servers' processors, where there is taskset
 * --jvm "-D… -X…"   arguments of the servers' JVMs
 * --results DIR     where tables and pictures go, benchmarks/results by default
 * --quick           a smoke test of a few seconds
 * </pre>
 */
public final class Compare {

	private static final Logger report = LoggerFactory.getLogger("report");

	/** Compiles the hot path of a server before anything is measured. */
	private static final Load FIRST = Load.closed("warm-up", 64, 16, 64);

	private static final int FIRST_WARM_UPS = 3;

	private final CompareOptions options;

	private final Map<Contender, ServerProcess> servers = new LinkedHashMap<>();

	private final Standings standings = new Standings();

	private final List<String> idle = new ArrayList<>();

	private Compare(CompareOptions options) {
		this.options = options;
	}

	/**
	 * Compare.
	 * @param args see above
	 * @throws IOException if a server cannot be started or breaks a connection
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Compare compare = new Compare(CompareOptions.parse(args));
		Runtime.getRuntime().addShutdownHook(new Thread(compare::stopServers, "stop-servers"));
		Processors processors = Processors.share(compare.options.processors());
		compare.startServers(processors);
		compare.measure();
		compare.stopServers();
		compare.tell(processors);
	}

	private void startServers(Processors processors) throws IOException {
		for (Load load : this.options.loads()) {
			for (Contender contender : this.options.servers()) {
				start(contender.facing(load), processors);
			}
		}
		for (ServerProcess server : List.copyOf(this.servers.values())) {
			server.awaitStarted();
		}
	}

	private void start(Contender contender, Processors processors) throws IOException {
		synchronized (this.servers) {
			if (!this.servers.containsKey(contender)) {
				this.servers.put(contender, ServerProcess.start(contender, processors, this.options.jvmArguments()));
			}
		}
	}

	private void stopServers() {
		synchronized (this.servers) {
			this.servers.values().forEach(ServerProcess::close);
		}
	}

	private void measure() throws IOException {
		for (Contender contender : this.options.servers()) {
			ServerProcess server = this.servers.get(contender);
			if (server != null) {
				run(FIRST, server, Duration.ZERO, this.options.warmUp().multipliedBy(FIRST_WARM_UPS));
			}
		}
		for (int round = 1; round <= this.options.rounds(); round++) {
			report.info("round {} of {}", round, this.options.rounds());
			for (Load load : this.options.loads()) {
				measure(load);
			}
		}
	}

	private void measure(Load load) throws IOException {
		for (Contender contender : this.options.servers()) {
			ServerProcess server = server(contender.facing(load));
			if (load.shape() == Shape.IDLE) {
				hold(load, server);
			}
			else {
				this.standings.add(load, contender.name(),
						run(load, server, this.options.warmUp(), this.options.measured()));
			}
		}
	}

	private ServerProcess server(Contender contender) {
		ServerProcess server = this.servers.get(contender);
		if (server == null) {
			throw new IllegalStateException(contender + " was not started");
		}
		return server;
	}

	private static LoadResult run(Load load, ServerProcess server, Duration warmUp, Duration measured)
			throws IOException {
		try (LoadClient client = new LoadClient(server.port(), load)) {
			return client.run(warmUp, measured, server::cpuSeconds);
		}
		catch (IOException | RuntimeException ex) {
			throw new IOException(server.contender().name() + " under " + load, ex);
		}
	}

	private void hold(Load load, ServerProcess server) throws IOException {
		long before = server.memory();
		try (LoadClient client = new LoadClient(server.port(), load)) {
			client.run(Duration.ZERO, this.options.warmUp(), server::cpuSeconds);
			double each = (double) (server.memory() - before) / load.connections();
			this.idle.add(String.format(Locale.ROOT, "| %-18s | %16.0f |", server.contender().name(), each));
		}
	}

	private void tell(Processors processors) throws IOException {
		String how = "%s, servers on %s, JDK %s, Netty %s".formatted(this.options, processors, Runtime.version(),
				nettyVersion());
		String tables = how + "\n" + this.standings.tables() + idleTable();
		report.info("{}", tables);
		Path results = Files.createDirectories(this.options.results());
		Files.writeString(results.resolve("compare.md"), tables);
		new BarChart("CPU time for each message, less is better", how, this.standings.cpu())
			.write(results.resolve("cpu.svg"));
		new BarChart("Median latency, less is better", how, this.standings.latency())
			.write(results.resolve("latency.svg"));
		report.info("written to {}", results);
	}

	private static String nettyVersion() {
		Version version = Version.identify().get("netty-common");
		return (version != null) ? version.artifactVersion() : "unknown";
	}

	private String idleTable() {
		if (this.idle.isEmpty()) {
			return "";
		}
		return "\n**idle**: heap and direct memory of an idle connection, one row a round\n\n"
				+ "| server             | bytes/connection |\n| ------------------ | ---------------: |\n"
				+ String.join("\n", this.idle) + "\n";
	}

}
