package io.zinx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sources of all modules, for tests of what is written there. They are found from the
 * directory of a module or from that of the whole project.
 */
public final class Sources {

	private static final Path MAIN = Path.of("src", "main", "java");

	private static final Path TEST = Path.of("src", "test", "java");

	private Sources() {
	}

	/**
	 * Return the directory of the whole project.
	 * @return the nearest directory, the current one or above it, with a {@code .mvn}
	 */
	public static Path root() {
		for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
			if (Files.isDirectory(place.resolve(".mvn"))) {
				return place;
			}
		}
		throw new IllegalStateException("No directory with a .mvn above " + Path.of("").toAbsolutePath());
	}

	/**
	 * Return the main Java files of all modules.
	 * @return the files by module; the name of a module is its path from {@link #root()},
	 * with slashes
	 */
	public static SortedMap<String, List<Path>> main() {
		return javaFiles(MAIN);
	}

	/**
	 * Return the Java files of the tests of all modules.
	 * @return the files by module, as those of {@link #main()}
	 */
	public static SortedMap<String, List<Path>> test() {
		return javaFiles(TEST);
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @return its text
	 */
	public static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SortedMap<String, List<Path>> javaFiles(Path folder) {
		Path root = root();
		SortedMap<String, List<Path>> modules = new TreeMap<>();
		Stream.concat(childrenOf(root).stream(), childrenOf(root.resolve("integration-tests")).stream())
			.filter((module) -> Files.isDirectory(module.resolve(folder)))
			.forEach((module) -> modules.put(root.relativize(module).toString().replace('\\', '/'),
					javaFilesBelow(module.resolve(folder))));
		return modules;
	}

	private static List<Path> childrenOf(Path directory) {
		try (Stream<Path> children = Files.list(directory)) {
			return children.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> javaFilesBelow(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
