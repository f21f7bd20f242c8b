package io.zinx.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link ClusterNode} in a process of its own.
 */
final class ClusterNodeProcess implements AutoCloseable {

	private static final Logger report = LoggerFactory.getLogger("report");

	private final String name;

	private final Process process;

	private final BufferedReader output;

	private ClusterNodeProcess(String name, Process process) {
		this.name = name;
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Start a node; returns when it answers.
	 * @param name its name
	 * @param redis the port of Redis, 0 for none
	 * @param jvmArguments for its JVM
	 */
	static ClusterNodeProcess start(String name, int redis, List<String> jvmArguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx512m",
				"-XX:-UseDynamicNumberOfCompilerThreads"));
		command.addAll(jvmArguments);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), ClusterNode.class.getName(), name,
				String.valueOf(redis)));
		ClusterNodeProcess node = new ClusterNodeProcess(name,
				new ProcessBuilder(command).redirectErrorStream(true).start());
		node.read("started");
		return node;
	}

	Process process() {
		return this.process;
	}

	/**
	 * Ask it to do something.
	 * @param words the request
	 */
	void send(String... words) throws IOException {
		Writer input = this.process.outputWriter(StandardCharsets.UTF_8);
		input.write(String.join(" ", words) + "\n");
		input.flush();
	}

	/**
	 * Read the answer to a request.
	 * @param request its first word
	 * @return the numbers of the answer
	 */
	long[] read(String request) throws IOException {
		String line = this.output.readLine();
		while (line != null) {
			String[] words = line.split(" ", -1);
			if (words[0].equals(request)) {
				long[] numbers = new long[words.length - 1];
				for (int i = 0; i < numbers.length; i++) {
					numbers[i] = Long.parseLong(words[i + 1]);
				}
				return numbers;
			}
			report.info("{}: {}", this.name, line);
			line = this.output.readLine();
		}
		throw new IOException(this.name + " has ended");
	}

	long[] ask(String... words) throws IOException {
		send(words);
		return read(words[0]);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
