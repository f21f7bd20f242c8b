package io.zinx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Java examples of a page in {@code docs}, for tests that they are compiled and run.
 * Paths begin at a module's directory, where tests run.
 */
public final class Guide {

	private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private Guide() {
	}

	/**
	 * Find the Java examples of a page.
	 * @param page the page's file name
	 * @return the examples, in order
	 */
	public static List<String> examples(String page) {
		return EXAMPLE.matcher(read(Path.of("..", "docs", page))).results().map((found) -> found.group(1)).toList();
	}

	/**
	 * Tell whether a source file contains an example, however it is indented there.
	 * @param source the source file
	 * @param example the example
	 * @return whether it does
	 */
	public static boolean contains(Path source, String example) {
		return withoutIndent(read(source)).contains(withoutIndent(example));
	}

	private static String withoutIndent(String text) {
		return text.replaceAll("(?m)^[ \t]+", "");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
