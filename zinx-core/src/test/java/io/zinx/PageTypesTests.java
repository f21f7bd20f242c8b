package io.zinx;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.zinx.testing.MarkdownPage;
import io.zinx.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages say in which package a type of their examples is: with an import, or with the
 * name of the package.
 */
class PageTypesTests {

	private static final Pattern TYPE = Pattern.compile("\\b[A-Z]\\w*");

	private static final Pattern DECLARATION = Pattern.compile("(?m)^package (.+);");

	private static final Pattern PUBLIC_TYPE = Pattern
		.compile("(?m)^public (?:\\w+ )*(?:class|interface|enum|record|@interface) (\\w+)");

	private static final Map<String, String> PACKAGES = packages();

	static Stream<MarkdownPage> pages() {
		return MarkdownPage.all().stream();
	}

	private static Map<String, String> packages() {
		Map<String, String> packages = new HashMap<>();
		Sources.main().forEach((module, files) -> {
			if (module.startsWith("zinx-")) {
				files.stream().map(Sources::read).forEach((source) -> add(packages, source));
			}
		});
		return packages;
	}

	private static void add(Map<String, String> packages, String source) {
		Matcher type = PUBLIC_TYPE.matcher(source);
		Matcher declaration = DECLARATION.matcher(source);
		if (declaration.find() && type.find()) {
			packages.put(type.group(1), declaration.group(1));
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyTypeInAnExampleCanBeFound(MarkdownPage page) {
		assertThat(unknown(page)).isEmpty();
	}

	@Test
	void aTypeWithoutItsPackageIsReported() {
		String code = "```java fragment\nSendResult result = connection.send(1, \"\");\n```\n";
		Path file = Sources.root().resolve("docs/made-up.md");
		assertThat(unknown(new MarkdownPage(file, code))).containsExactly("SendResult");
		assertThat(unknown(new MarkdownPage(file, code + "\nIt is in `io.zinx.connection`: `SendResult`"))).isEmpty();
		assertThat(unknown(new MarkdownPage(file, code + "\n```java\nimport io.zinx.connection.SendResult;\n```\n")))
			.isEmpty();
	}

	private static List<String> unknown(MarkdownPage page) {
		TreeSet<String> unknown = new TreeSet<>();
		page.javaBlocks()
			.forEach((block) -> TYPE.matcher(block.code().replaceAll("\"[^\"\n]*\"", ""))
				.results()
				.map(MatchResult::group)
				.filter((name) -> PACKAGES.containsKey(name) && !isFound(page, name))
				.forEach(unknown::add));
		return List.copyOf(unknown);
	}

	private static boolean isFound(MarkdownPage page, String name) {
		String in = PACKAGES.get(name);
		return page.text().contains("import " + in + "." + name + ";")
				|| page.text().contains("import static " + in + "." + name + ".")
				|| page.text().contains("import " + in + ".*;") || page.text().contains("class " + name + " ")
				|| (page.text().contains("`" + in + "`") && page.text().contains("`" + name));
	}

}
