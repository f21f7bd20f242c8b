package io.zinx.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The processors of the servers: apart from those of the load, which is this process,
 * where there is more than one and {@code taskset} is at hand; or any, which is how users
 * run servers.
 *
 * @param server the servers' processors as {@code taskset} takes them, empty for any
 * @param count the number of processors
 */
record Processors(String server, int count) {

	/** Wherever the system likes. */
	static final String ANY = "any";

	/**
	 * Give the servers some processors and the load the others, or all of them to both.
	 * @param server the servers' processors, for example {@code 0} or {@code 0-1,3};
	 * {@link #ANY} for all
	 * @param count the number of processors
	 */
	static Processors share(String server, int count) throws IOException, InterruptedException {
		boolean any = server.equals(ANY);
		int behind = any ? 0 : numbers(server).max().orElse(0) + 1;
		if (behind < count) {
			run("taskset", "-a", "-p", "-c", behind + "-" + (count - 1), String.valueOf(ProcessHandle.current().pid()));
		}
		return new Processors((!any && behind <= count) ? server : "", count);
	}

	/**
	 * Find out whether servers can be told where to run.
	 */
	static boolean canPin() throws InterruptedException {
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
		return isAny() ? new ArrayList<>() : new ArrayList<>(List.of("taskset", "-c", this.server));
	}

	/**
	 * The number of event loops of a server: one for each of its processors.
	 */
	int loops() {
		return isAny() ? this.count : (int) numbers(this.server).count();
	}

	/**
	 * The processors of a list as {@code taskset} takes it.
	 */
	private static IntStream numbers(String list) {
		return Stream.of(list.split(",", -1)).map((range) -> range.split("-", -1)).flatMapToInt((range) -> {
			int last = Integer.parseInt(range[range.length - 1]);
			return IntStream.rangeClosed(Integer.parseInt(range[0]), last);
		});
	}

	boolean isAny() {
		return this.server.isEmpty();
	}

	@Override
	public String toString() {
		return (isAny() ? "any" : "processor " + this.server) + " of " + this.count;
	}

}
