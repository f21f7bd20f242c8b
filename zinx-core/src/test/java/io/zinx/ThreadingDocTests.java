package io.zinx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.zinx.testing.SourceText;
import io.zinx.testing.Sources;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/threading.md} names only types, fields and locks that there are, and
 * {@code docs/architecture.md} only types and packages.
 */
class ThreadingDocTests {

	private static final String OWNERS = "## Who owns which field";

	private static final String LOCKS = "## Locks";

	private static final String SAMPLE = """
			package sample;
			class Guarded {
				private int count, sum;
				private final Object lock = new Object();
				synchronized void add() { }
				static class Inner { enum State { NEW } void inner() { synchronized (this) { } } }
			}
			record Pair(int left) { void both() { synchronized (Pair.class) { } } }
			""";

	/** All that is published, parsed once. */
	private static SourceTypes published;

	@BeforeAll
	static void parse() throws IOException {
		List<Path> files = Sources.main()
			.entrySet()
			.stream()
			.filter((module) -> module.getKey().startsWith("zinx-"))
			.map(Map.Entry::getValue)
			.flatMap(List::stream)
			.toList();
		try (StandardJavaFileManager manager = ToolProvider.getSystemJavaCompiler()
			.getStandardFileManager(null, null, null)) {
			published = SourceTypes.of(manager.getJavaFileObjectsFromPaths(files));
		}
	}

	@Test
	void theOwnersTableNamesFieldsThatThereAre() throws IOException {
		assertThat(page().firstColumn(OWNERS)).hasSizeGreaterThan(20);
		assertThat(page().missing(OWNERS, published)).isEmpty();
	}

	@Test
	void theLocksTableNamesLocksThatThereAre() throws IOException {
		assertThat(page().firstColumn(LOCKS)).hasSizeGreaterThan(4);
		assertThat(page().missing(LOCKS, published)).isEmpty();
		assertThat(page().withoutLock(LOCKS, published)).isEmpty();
	}

	@Test
	void thePageNamesTypesAndMembersThatThereAre() throws IOException {
		assertThat(page().missingAnywhere(published)).isEmpty();
	}

	@Test
	void theArchitecturePageNamesTypesAndAllPackages() throws IOException {
		String text = Files.readString(Sources.root().resolve("docs/architecture.md"));
		assertThat(new ThreadingPage(text).missingAnywhere(published)).allMatch((name) -> name.endsWith("Tests"));
		Path core = Sources.root().resolve("zinx-core/src/main/java/io/zinx");
		try (Stream<Path> packages = Files.list(core).filter(Files::isDirectory)) {
			assertThat(packages.map((directory) -> directory.getFileName().toString())).allMatch((name) -> text.lines()
				.anyMatch((line) -> line.startsWith("| `") && line.contains("`" + name + "`")));
		}
	}

	@Test
	void whatIsThereIsFound() {
		assertThat(missing("`Guarded.count`, `sum`")).isEmpty();
		assertThat(missing("`Guarded` and `Pair`, all but `count` and `left`")).isEmpty();
		assertThat(missing("`Guarded.Inner`, `Inner`, `Inner.State`, `Guarded.Inner.State.NEW`")).isEmpty();
	}

	@Test
	void aMadeUpNameIsReported() {
		assertThat(missing("`Guarded.total`, all")).containsExactly("Guarded.total");
		assertThat(missing("`Guarded.count`, `total`")).containsExactly("[Guarded].total");
		assertThat(missing("`Guarded`, `Pair`, all but `right`")).containsExactly("[Guarded, Pair].right");
		assertThat(missing("`Pair.Inner` and `Unguarded`")).containsExactly("Pair.Inner", "Unguarded");
		assertThat(missing("`Guarded.add`")).containsExactly("Guarded.add");
		assertThat(missing("`Guarded` | any | `Unguarded`")).isEmpty();
		assertThat(missing("a field")).containsExactly("a name in: a field");
	}

	@Test
	void aLockIsAFieldOrAMonitor() {
		assertThat(withoutLock("`Guarded.lock`")).isEmpty();
		assertThat(withoutLock("`Guarded` (monitor)")).isEmpty();
		assertThat(withoutLock("`Inner` (monitor)")).isEmpty();
		assertThat(withoutLock("`Guarded`")).containsExactly("`Guarded`");
		assertThat(withoutLock("`Pair` (monitor)")).containsExactly("`Pair` (monitor)");
	}

	@Test
	void aMadeUpNameInTheTextIsReported() {
		ThreadingPage page = new ThreadingPage(
				"```\nNo `code`\n```\n\n`Guarded.add` and `Unguarded`, `Pair.right`, `NEW`, `some.thing`, `ConcurrentHashMap.compute`");
		assertThat(page.missingAnywhere(sample())).containsExactly("Pair.right", "Unguarded");
	}

	private static List<String> missing(String cell) {
		return table(cell).missing(LOCKS, sample());
	}

	private static List<String> withoutLock(String cell) {
		return table(cell).withoutLock(LOCKS, sample());
	}

	private static ThreadingPage table(String cell) {
		return new ThreadingPage(LOCKS + "\n\nText.\n\n| lock | for |\n| --- | --- |\n| " + cell + " | |\n\n## Next\n");
	}

	private static SourceTypes sample() {
		return SourceTypes.of(List.of(new SourceText("sample/Guarded.java", SAMPLE)));
	}

	private static ThreadingPage page() throws IOException {
		return new ThreadingPage(Files.readString(Sources.root().resolve("docs/threading.md")));
	}

}
