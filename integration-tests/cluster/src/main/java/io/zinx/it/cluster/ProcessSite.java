package io.zinx.it.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Each node is a process, and so is the Redis between them.
 */
final class ProcessSite implements Site {

	private final File logs;

	private final Redis redis;

	private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

	ProcessSite(String logs) throws IOException {
		this.logs = new File(logs);
		this.redis = new Redis(new File(this.logs, "cluster-redis.log"));
	}

	@Override
	public void start() throws IOException {
		this.redis.start();
	}

	@Override
	public Handle node(String id) throws IOException {
		NodeProcess node = new NodeProcess(id, this.redis.port(), new File(this.logs, "cluster-" + id + ".log"));
		this.nodes.add(node);
		return node;
	}

	@Override
	public void begin(Fault fault, List<NodeRun> nodes, NodeRun victim) throws IOException {
		switch (fault) {
			case RESTART -> this.redis.kill();
			case STOP -> this.redis.signal("STOP");
			case PUBSUB -> this.redis.command("CLIENT KILL TYPE pubsub");
			case NODE -> victim.handle.close();
			case FREEZE -> process(victim).signal("STOP");
			case RECONNECT -> throw new IllegalArgumentException(fault + " is one of nodes in one JVM");
		}
	}

	@Override
	public void end(Fault fault, NodeRun victim) throws IOException {
		switch (fault) {
			case RESTART -> this.redis.start();
			case STOP -> this.redis.signal("CONT");
			case FREEZE -> process(victim).signal("CONT");
			default -> {
				// It has no end.
			}
		}
	}

	private static NodeProcess process(NodeRun node) {
		return (NodeProcess) node.handle;
	}

	@Override
	public void close() {
		this.nodes.forEach(NodeProcess::close);
		this.redis.close();
	}

	/**
	 * A node in a process of its own, which ends with its standard input.
	 */
	private static final class NodeProcess implements Handle {

		private final Process process;

		private final int port;

		NodeProcess(String id, int redisPort, File log) throws IOException {
			List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m"));
			command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeMain.class.getName(), id,
					String.valueOf(redisPort)));
			this.process = new ProcessBuilder(command).redirectError(log).start();
			BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8);
			String line = output.readLine();
			while (line != null && !line.startsWith(NodeMain.PORT)) {
				line = output.readLine();
			}
			if (line == null) {
				throw new IOException(id + " has ended at its start, see " + log);
			}
			this.port = Integer.parseInt(line.substring(NodeMain.PORT.length()));
			drain(output, id);
		}

		private static void drain(BufferedReader output, String id) {
			Thread thread = new Thread(() -> output.lines().forEach((line) -> NodeMain.log.info("{}: {}", id, line)),
					"log-" + id);
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public int port() {
			return this.port;
		}

		void signal(String name) throws IOException {
			Processes.signal(this.process, name);
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
		}

	}

}
