package io.zinx.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.Load.Shape;
import io.zinx.bench.load.LoadClient;
import io.zinx.bench.load.LoadResult;
import io.zinx.bench.load.Transport;
import io.zinx.bench.report.BarChart;
import io.zinx.bench.report.Standings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The measurement of all servers on the same processors. In each round every load runs
 * against one server after the other, so that a drift of the machine affects them all
 * alike.
 */
final class Measurement {

	private static final Logger report = LoggerFactory.getLogger("report");

	/** Compiles the hot path of a server before anything is measured. */
	private static final Load FIRST = Load.closed("warm-up", 64, 16, 64);

	private static final int FIRST_WARM_UPS = 3;

	private final CompareOptions options;

	private final Processors processors;

	/** The arguments of the servers' JVMs. */
	private final List<String> jvmArguments;

	private final Transport transport;

	private final Map<Contender, ServerProcess> servers = new LinkedHashMap<>();

	private final Standings standings = new Standings();

	private final List<String> idle = new ArrayList<>();

	private final List<String> threads = new ArrayList<>();

	/**
	 * Prepare a measurement.
	 * @param keys what the servers encrypt with, {@code null} for plain text
	 */
	Measurement(CompareOptions options, Processors processors, @Nullable TlsKeyStore keys) {
		this.options = options;
		this.processors = processors;
		this.jvmArguments = new ArrayList<>(options.jvmArguments());
		if (keys != null) {
			this.jvmArguments.add(keys.jvmArgument());
		}
		if (options.webSocket()) {
			this.jvmArguments.add(WebSockets.jvmArgument());
		}
		this.transport = new Transport((keys != null) ? keys.clientContext() : null, options.webSocket());
	}

	/**
	 * Start the servers, measure them, and stop them, also if this process ends
	 * meanwhile.
	 */
	void run() throws IOException {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stopServers, "stop-servers"));
		startServers();
		measure();
		for (ServerProcess server : echoServers()) {
			this.threads.add(String.format(Locale.ROOT, "| %-18s | %11d | %7d |", server.contender().name(),
					this.options.loops(this.processors), server.threads()));
		}
		stopServers();
	}

	/**
	 * The processors of the servers and the number of their event loops, in words.
	 */
	String describe() {
		return "Servers on %s, event loops: %d".formatted(this.processors, this.options.loops(this.processors));
	}

	private void startServers() throws IOException {
		for (Load load : this.options.loads()) {
			for (Contender contender : this.options.servers()) {
				start(contender.facing(load));
			}
		}
		for (ServerProcess server : List.copyOf(this.servers.values())) {
			server.awaitStarted();
		}
	}

	private void start(Contender contender) throws IOException {
		synchronized (this.servers) {
			if (!this.servers.containsKey(contender)) {
				this.servers.put(contender, ServerProcess.start(contender, this.processors, this.jvmArguments));
			}
		}
	}

	private void stopServers() {
		synchronized (this.servers) {
			this.servers.values().forEach(ServerProcess::close);
		}
	}

	private void measure() throws IOException {
		for (ServerProcess server : echoServers()) {
			run(FIRST, server, Duration.ZERO, this.options.warmUp().multipliedBy(FIRST_WARM_UPS));
		}
		for (int round = 1; round <= this.options.rounds(); round++) {
			report.info("round {} of {}, {}", round, this.options.rounds(), describe());
			for (Load load : this.options.loads()) {
				measure(load);
			}
		}
	}

	/**
	 * The servers that were started, but for those that only broadcast.
	 */
	private List<ServerProcess> echoServers() {
		return this.options.servers().stream().filter(this.servers::containsKey).map(this::server).toList();
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

	private LoadResult run(Load load, ServerProcess server, Duration warmUp, Duration measured) throws IOException {
		try (LoadClient client = new LoadClient(server.port(), load, this.transport)) {
			return client.run(warmUp, measured, server::cpuSeconds);
		}
		catch (IOException | RuntimeException ex) {
			throw new IOException(server.contender().name() + " under " + load, ex);
		}
	}

	private void hold(Load load, ServerProcess server) throws IOException {
		long before = server.memory();
		try (LoadClient client = new LoadClient(server.port(), load, this.transport)) {
			client.run(Duration.ZERO, this.options.warmUp(), server::cpuSeconds);
			double each = (double) (server.memory() - before) / load.connections();
			this.idle.add(String.format(Locale.ROOT, "| %-18s | %16.0f |", server.contender().name(), each));
		}
	}

	/**
	 * The results as Markdown.
	 */
	String tables() {
		return "| server             | event loops | threads |\n| ------------------ | ----------: | ------: |\n"
				+ String.join("\n", this.threads) + "\n" + this.standings.tables() + idleTable();
	}

	private String idleTable() {
		if (this.idle.isEmpty()) {
			return "";
		}
		return "\n**idle**: heap and direct memory of an idle connection, one row a round\n\n"
				+ "| server             | bytes/connection |\n| ------------------ | ---------------: |\n"
				+ String.join("\n", this.idle) + "\n";
	}

	/**
	 * Draw the results.
	 * @param folder where to
	 * @param suffix what the names of the pictures end with
	 * @param how how it was measured, in words
	 */
	void draw(Path folder, String suffix, String how) throws IOException {
		String subtitle = describe() + ", " + how;
		new BarChart("CPU time for each message, less is better", subtitle, this.standings.cpu())
			.write(folder.resolve("cpu" + suffix + ".svg"));
		new BarChart("Median latency, less is better", subtitle, this.standings.latency())
			.write(folder.resolve("latency" + suffix + ".svg"));
	}

}
