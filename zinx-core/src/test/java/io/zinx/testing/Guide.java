package io.zinx.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Java examples of a page in {@code docs}, for tests that they are compiled and run.
 * Paths begin at a module's directory, where tests run.
 */
public final class Guide {

	private static final Pattern MODIFIERS = Pattern
		.compile("^(?:(?:public|private|static|final) )+(?=(?:class|record|interface|enum) )");

	/** The files that were looked into, in the form in which they are compared. */
	private static final Map<Path, String> SOURCES = new ConcurrentHashMap<>();

	private Guide() {
	}

	/**
	 * Find the Java examples of a page.
	 * @param page the page's file name
	 * @return the examples, in order
	 */
	public static List<String> examples(String page) {
		return MarkdownPage.of(Path.of("..", "docs", page))
			.javaBlocks()
			.stream()
			.map(MarkdownPage.JavaBlock::code)
			.toList();
	}

	/**
	 * Tell whether a source file contains an example: each of its top-level types, or all
	 * of it if it has none. Indentation, blank lines, imports, the modifiers of types and
	 * switches of the formatter do not count, since a test has examples as nested types.
	 * @param source the source file
	 * @param example the example
	 * @return whether it does
	 */
	public static boolean contains(Path source, String example) {
		String text = SOURCES.computeIfAbsent(source, (file) -> normalize(Sources.read(file)));
		return parts(example).stream().allMatch((part) -> text.contains(normalize(part)));
	}

	/**
	 * Tell the same of several source files, of which each may contain a part.
	 * @param sources the source files
	 * @param example the example
	 * @return whether all parts are there
	 */
	public static boolean contains(List<Path> sources, String example) {
		return parts(example).stream()
			.allMatch((part) -> sources.stream().anyMatch((source) -> contains(source, part)));
	}

	private static List<String> parts(String example) {
		String withoutImports = example.replaceAll("(?m)^(import|package) .*\n", "");
		return List.of(withoutImports.split("(?m)(?<=^}\n)"));
	}

	private static String normalize(String text) {
		return text.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("// @formatter:"))
			.map((line) -> MODIFIERS.matcher(line).replaceFirst(""))
			.collect(Collectors.joining("\n", "\n", "\n"));
	}

}
