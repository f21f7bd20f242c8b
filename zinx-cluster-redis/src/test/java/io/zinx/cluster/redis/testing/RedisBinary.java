package io.zinx.cluster.redis.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * A program of Redis.
 */
public final class RedisBinary {

	/** The server. */
	public static final String SERVER = "redis-server";

	/** The Sentinel. */
	public static final String SENTINEL = "redis-sentinel";

	private RedisBinary() {
	}

	/**
	 * Look for a program on the path.
	 * @param name its name
	 * @return its file, or nothing
	 */
	public static Optional<Path> find(String name) {
		return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * End the test as skipped if a program is missing; with system property
	 * {@code test.redis=required} as failed.
	 * @param name the name of the program
	 * @return its file
	 */
	public static Path require(String name) {
		return find(name).orElseThrow(() -> {
			String missing = name + " is not on the path";
			if ("required".equals(System.getProperty("test.redis"))) {
				return new IllegalStateException(missing + ", and test.redis=required");
			}
			return new TestAbortedException(missing);
		});
	}

}
