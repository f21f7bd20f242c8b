package io.zinx.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.netty.util.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The comparison of servers with one that is written by hand on Netty, each in a process
 * of its own, in two settings: all of them on the same processor, while the load comes
 * from another one; and as users run them, where the system likes, with an event loop for
 * each processor. The figure to trust is the server's CPU time for each message.
 *
 * <pre>
 * --rounds 5        how many rounds; figures are medians
 * --seconds 3       how long each load is measured in a round
 * --warmup 1        how long it runs before that
 * --servers a,b     netty, MODE, MODE-WORKERS, spring-MODE, spring-MODE-WORKERS;
 *                   the others are measured against the first
 * --loads a,b       pingpong, pipe16, c1000, 1k, 16k, open, churn, broadcast, idle;
 *                   sleep, read, query: with handlers that wait
 * --cpus 0 any      where the servers run, one measurement for each: processors as
 *                   taskset takes them, where there is one; any
 * --tls             all connections with TLS 1.3 of the JDK
 * --ws              each frame as a WebSocket message; with --tls, too
 * --jvm "-D… -X…"   arguments of the servers' JVMs
 * --results DIR     where tables and pictures go, benchmarks/results by default
 * --quick           a smoke test of a few seconds
 * </pre>
 */
public final class Compare {

	private static final Logger report = LoggerFactory.getLogger("report");

	private Compare() {
	}

	/**
	 * Compare.
	 * @param args see above
	 * @throws IOException if a server cannot be started or breaks a connection
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		CompareOptions options = CompareOptions.parse(args);
		TlsKeyStore keys = options.tls() ? TlsKeyStore.create() : null;
		Path results = Files.createDirectories(options.results());
		int processors = Runtime.getRuntime().availableProcessors();
		String suffix = options.suffix();
		String how = "%s, JDK %s, Netty %s".formatted(options, Runtime.version(), nettyVersion());
		StringBuilder tables = new StringBuilder(how).append('\n');
		for (String setting : settings(options.processors())) {
			Measurement measurement = new Measurement(options, Processors.share(setting, processors), keys);
			measurement.run();
			tables.append("\n## ").append(measurement.describe()).append("\n\n").append(measurement.tables());
			measurement.draw(results, suffix + (setting.equals(Processors.ANY) ? "" : "-pinned"), how);
		}
		report.info("{}", tables);
		Files.writeString(results.resolve("compare" + suffix + ".md"), tables);
		report.info("written to {}", results);
	}

	/**
	 * The settings that can be had: without {@code taskset}, the one that needs no
	 * pinning.
	 */
	private static List<String> settings(List<String> wanted) throws InterruptedException {
		if (Processors.canPin()) {
			return wanted;
		}
		report.info("There is no taskset, so servers run on any processor only");
		return List.of(Processors.ANY);
	}

	private static String nettyVersion() {
		Version version = Version.identify().get("netty-common");
		return (version != null) ? version.artifactVersion() : "unknown";
	}

}
