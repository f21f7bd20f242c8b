package io.zinx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.zinx.testing.Sources;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each package of the published modules says in its {@code package-info} which of its
 * types users type, or that it is internal.
 */
class PackageDocTests {

	private static final String INTERNAL = "may change in any release.";

	private static final String USERS = "Users type ";

	private static final Pattern LINK = Pattern.compile("\\{@link ([\\w.]+)}");

	@Test
	void everyPackageSaysWhatIsForUsersOrThatItIsInternal() {
		Set<Path> packages = packages();
		List<String> problems = new ArrayList<>();
		for (Path directory : packages) {
			Path file = directory.resolve("package-info.java");
			String text = Files.exists(file) ? Sources.read(file) : "";
			problem(text, (type) -> isPublic(directory, type))
				.map((problem) -> Sources.root().relativize(file) + problem)
				.forEach(problems::add);
		}
		assertThat(packages).hasSizeGreaterThan(40);
		assertThat(problems).isEmpty();
	}

	@Test
	void eitherFormIsEnough() {
		assertThat(problem(info("Words. Users type {@link a.b.One} and\n * {@link a.b.Two}; the rest is internal."),
				Set.of("One", "Two")::contains))
			.isEmpty();
		assertThat(problem(info("Internal: words; may\n * change in any release."), Set.of()::contains)).isEmpty();
	}

	@Test
	void whatIsMissingIsReported() {
		assertThat(problem("", Set.of()::contains)).containsExactly(" says nothing");
		assertThat(problem(info("Words."), Set.of()::contains)).containsExactly(" says nothing");
		assertThat(problem(info("Internal: words."), Set.of()::contains)).containsExactly(" says nothing");
		assertThat(problem(info("Users type what they like."), Set.of()::contains)).containsExactly(" names no type");
	}

	@Test
	void aTypeThatIsNotPublicIsReported() {
		assertThat(problem(info("With {@link a.b.Hidden}. Users type {@link a.b.One} and {@link a.b.Two}."),
				Set.of("One")::contains))
			.containsExactly(" names Two, which is not public in this package");
		assertThat(problem(info("Users type {@link a.c.One}."), Set.of("One")::contains))
			.containsExactly(" names a.c.One, which is not public in this package");
	}

	private static String info(String words) {
		return "/**\n * " + words + "\n */\npackage a.b;\n";
	}

	private static Stream<String> problem(String text, Predicate<String> isPublic) {
		String words = text.replaceAll("\\s+(\\* )?", " ");
		int users = words.indexOf(USERS);
		if (users < 0) {
			return (words.contains(" Internal: ") && words.contains(INTERNAL)) ? Stream.empty()
					: Stream.of(" says nothing");
		}
		String prefix = words.replaceFirst(".*package ([\\w.]+);.*", "$1.");
		List<String> types = LINK.matcher(words.substring(users))
			.results()
			.map((link) -> link.group(1).replaceFirst("^" + Pattern.quote(prefix), ""))
			.toList();
		if (types.isEmpty()) {
			return Stream.of(" names no type");
		}
		return types.stream()
			.filter((type) -> !isPublic.test(type))
			.map((type) -> " names " + type + ", which is not public in this package");
	}

	/**
	 * Tell whether a package declares a public type.
	 * @param directory the directory of the package
	 * @param type the type, or a nested one behind a dot
	 */
	private static boolean isPublic(Path directory, String type) {
		String[] names = type.split("\\.", -1);
		Path file = directory.resolve(names[0] + ".java");
		if (!Files.exists(file)) {
			return false;
		}
		Matcher declared = Pattern
			.compile("public [a-z @-]*(class|interface|enum|record) " + names[names.length - 1] + "\\b")
			.matcher(Sources.read(file));
		return declared.find();
	}

	private static Set<Path> packages() {
		Set<Path> packages = new TreeSet<>();
		for (Map.Entry<String, List<Path>> module : Sources.main().entrySet()) {
			if (module.getKey().startsWith("zinx-")) {
				module.getValue().forEach((file) -> packages.add(file.getParent()));
			}
		}
		return packages;
	}

}
