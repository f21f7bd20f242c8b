package io.zinx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation in Markdown, as GitHub shows it.
 *
 * @param file the file it is in
 * @param text its text
 */
public record MarkdownPage(Path file, String text) {

	private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```[ \t]*$");

	private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java( fragment)?\n(.*?)^```[ \t]*$");

	private static final Pattern CODE_SPAN = Pattern.compile("`[^`\n]+`");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?)[ #]*$");

	/**
	 * Read the pages of the project: those at its root, all of {@code docs}, and that of
	 * the benchmarks.
	 * @return the pages, in order of their paths
	 */
	public static List<MarkdownPage> all() {
		Path root = Sources.root();
		try (Stream<Path> top = Files.list(root); Stream<Path> docs = Files.walk(root.resolve("docs"))) {
			return Stream.of(top, docs, Stream.of(root.resolve("benchmarks/README.md")))
				.flatMap((files) -> files)
				.filter((file) -> file.toString().endsWith(".md"))
				.sorted()
				.map(MarkdownPage::of)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read a page.
	 * @param file its file
	 * @return the page
	 */
	static MarkdownPage of(Path file) {
		return new MarkdownPage(file, Sources.read(file));
	}

	/**
	 * Return the targets of the links and pictures on this page, those in code left out.
	 * @return the targets as they are written, in order
	 */
	public List<String> links() {
		String prose = CODE_SPAN.matcher(CODE_BLOCK.matcher(this.text).replaceAll("")).replaceAll("");
		return LINK.matcher(prose).results().map((found) -> found.group(1)).toList();
	}

	/**
	 * Return the anchors of the headings, as GitHub makes them: in lower case, without
	 * punctuation, hyphens for spaces, and a number for each heading that came before.
	 * @return the anchors, in order
	 */
	public List<String> anchors() {
		Map<String, Integer> seen = new HashMap<>();
		List<String> anchors = new ArrayList<>();
		HEADING.matcher(CODE_BLOCK.matcher(this.text).replaceAll("")).results().forEach((heading) -> {
			String slug = LINK.matcher(heading.group(1)).replaceAll((link) -> link.group().replaceAll("\\]\\(.*", ""));
			slug = slug.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "").replace(' ', '-');
			int before = seen.merge(slug, 1, Integer::sum) - 1;
			anchors.add((before > 0) ? slug + "-" + before : slug);
		});
		return anchors;
	}

	/**
	 * Return the Java code blocks.
	 * @return the blocks, in order
	 */
	public List<JavaBlock> javaBlocks() {
		return JAVA_BLOCK.matcher(this.text)
			.results()
			.map((found) -> new JavaBlock(found.group(1) != null, found.group(2)))
			.toList();
	}

	/**
	 * Shows the path from the project's root.
	 * @return the path, with slashes
	 */
	@Override
	public String toString() {
		Path root = Sources.root();
		Path shown = this.file.startsWith(root) ? root.relativize(this.file) : this.file;
		return shown.toString().replace('\\', '/');
	}

	/**
	 * A Java code block.
	 *
	 * @param fragment whether it is marked as a fragment, with the info string
	 * {@code java fragment}
	 * @param code what is in it
	 */
	public record JavaBlock(boolean fragment, String code) {

	}

}
