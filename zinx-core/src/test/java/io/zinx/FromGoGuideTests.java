package io.zinx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/from-go-zinx.md} names only tests that there are.
 */
class FromGoGuideTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

	private static final Pattern DEFECT = Pattern.compile("(?m)^\\| (\\d+) \\|");

	@Test
	void everyTestItNamesIsThere() throws IOException {
		Set<String> named = new LinkedHashSet<>();
		List<String> missing = new ArrayList<>();
		for (MatchResult test : TEST.matcher(guide()).results().toList()) {
			if (named.add(test.group()) && !isThere(test.group(1) + ".java", "void " + test.group(2) + "(")) {
				missing.add(test.group());
			}
		}
		assertThat(missing).isEmpty();
		assertThat(named).hasSizeGreaterThanOrEqualTo(15);
	}

	@Test
	void itSaysSomethingOfEveryDefectOfTheOriginal() throws IOException {
		assertThat(DEFECT.matcher(guide()).results().map((row) -> row.group(1)))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 22).mapToObj(String::valueOf).toList());
	}

	private static String guide() throws IOException {
		return Files.readString(ROOT.resolve("docs/from-go-zinx.md"));
	}

	private static boolean isThere(String fileName, String text) throws IOException {
		for (Path sources : testSources()) {
			for (Path file : filesOf(sources)) {
				if (file.getFileName().toString().equals(fileName) && Files.readString(file).contains(text)) {
					return true;
				}
			}
		}
		return false;
	}

	private static List<Path> testSources() throws IOException {
		List<Path> modules = new ArrayList<>(childrenOf(ROOT));
		modules.addAll(childrenOf(ROOT.resolve("integration-tests")));
		return modules.stream().map((module) -> module.resolve("src/test/java")).filter(Files::isDirectory).toList();
	}

	private static List<Path> childrenOf(Path directory) throws IOException {
		try (Stream<Path> children = Files.list(directory)) {
			return children.toList();
		}
	}

	private static List<Path> filesOf(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
