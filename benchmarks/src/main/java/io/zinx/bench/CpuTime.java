package io.zinx.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time of a process without that of the compiler of its JVM, which works long on
 * a machine with few processors, and does not when a server has run for a while. Linux.
 */
final class CpuTime {

	/** The length of a tick in the files of {@code /proc}. */
	private static final Duration TICK = Duration.ofMillis(10);

	private static final String COMPILER = "CompilerThre";

	/** The fields of user and system time, behind the name. */
	private static final int USER = 11;

	private static final int SYSTEM = 12;

	private CpuTime() {
	}

	/**
	 * The CPU time until now.
	 * @return nanoseconds
	 */
	static double of(Process process) {
		Path folder = Path.of("/proc", String.valueOf(process.pid()));
		long ticks = ticks(stat(folder));
		for (Path thread : threads(folder)) {
			String stat = stat(thread);
			if (stat.contains(COMPILER)) {
				ticks -= ticks(stat);
			}
		}
		return (double) ticks * TICK.toNanos();
	}

	private static List<Path> threads(Path folder) {
		try (Stream<Path> threads = Files.list(folder.resolve("task"))) {
			return threads.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The line of a process or thread; empty if it has ended.
	 */
	private static String stat(Path folder) {
		try {
			return Files.readString(folder.resolve("stat"));
		}
		catch (NoSuchFileException ex) {
			return "";
		}
		catch (IOException ex) {
			if (!Files.exists(folder)) {
				return "";
			}
			throw new UncheckedIOException(ex);
		}
	}

	private static long ticks(String stat) {
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
	}

}
