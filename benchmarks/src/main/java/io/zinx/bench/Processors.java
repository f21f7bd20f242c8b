package io.zinx.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * On which processors the servers and the load run: apart from each other, where there is
 * more than one and {@code taskset} is at hand.
 *
 * @param server the servers' processors as {@code taskset} takes them, empty for any
 * @param count how many processors there are
 */
record Processors(String server, int count) {

	/**
	 * Give the servers some processors and the load, which is this process, the others.
	 * @param server the servers' processors, for example {@code 0} or {@code 0-1}
	 */
	static Processors share(String server) throws IOException, InterruptedException {
		int count = Runtime.getRuntime().availableProcessors();
		int last = Integer.parseInt(server.substring(server.lastIndexOf('-') + 1));
		if (!hasTaskset()) {
			return new Processors("", count);
		}
		if (last + 1 < count) {
			run("taskset", "-a", "-p", "-c", (last + 1) + "-" + (count - 1),
					String.valueOf(ProcessHandle.current().pid()));
		}
		return new Processors((last < count) ? server : "", count);
	}

	private static boolean hasTaskset() throws InterruptedException {
		try {
			return run("taskset", "--version") == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	/**
	 * The beginning of a server's command line.
	 */
	List<String> prefix() {
		return this.server.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of("taskset", "-c", this.server));
	}

	@Override
	public String toString() {
		return (this.server.isEmpty() ? "any" : "processor " + this.server) + " of " + this.count;
	}

}
