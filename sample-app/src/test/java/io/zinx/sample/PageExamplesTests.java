package io.zinx.sample;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import io.zinx.testing.Guide;
import io.zinx.testing.MarkdownPage;
import io.zinx.testing.MarkdownPage.JavaBlock;
import io.zinx.testing.SourceText;
import io.zinx.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java on the pages compiles as it stands, those of a page together, on the class
 * path of an application; a block that is marked as a fragment is part of a test.
 */
class PageExamplesTests {

	private static final List<Path> TESTS = Sources.test()
		.values()
		.stream()
		.flatMap(List::stream)
		.filter((file) -> file.toString().endsWith("Tests.java"))
		.toList();

	@TempDir
	Path classes;

	static List<MarkdownPage> pages() {
		return MarkdownPage.all().stream().filter((page) -> !page.javaBlocks().isEmpty()).toList();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void examplesCompileAsTheyStand(MarkdownPage page) {
		assertThat(errors(page)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void fragmentsArePartOfATest(MarkdownPage page) {
		for (JavaBlock block : page.javaBlocks()) {
			if (block.fragment()) {
				assertThat(TESTS).as(block.code()).anyMatch((test) -> Guide.contains(test, block.code()));
			}
		}
	}

	@Test
	void everyCodeBlockIsOfAKindThatIsKnownHere() {
		for (MarkdownPage page : MarkdownPage.all()) {
			List<String> fences = page.text().lines().filter((line) -> line.startsWith("```")).toList();
			for (int i = 0; i < fences.size(); i += 2) {
				assertThat(fences.get(i)).as(page.toString())
					.isIn("```", "```java", "```java fragment", "```xml", "```json", "```console", "```properties",
							"```javascript");
				assertThat(fences.get(i + 1)).as(page.toString()).isEqualTo("```");
			}
		}
	}

	@Test
	void javaScriptIsPartOfThePageOfTheSample() {
		String script = Sources.read(Sources.root().resolve("sample-app/src/main/resources/static/chat.js"));
		for (MarkdownPage page : MarkdownPage.all()) {
			Matcher block = Pattern.compile("(?ms)^```javascript\n(.*?)^```$").matcher(page.text());
			while (block.find()) {
				assertThat(script).as(page.toString()).contains(block.group(1));
			}
		}
	}

	@Test
	void mostExamplesAreWhole() {
		List<JavaBlock> blocks = pages().stream().flatMap((page) -> page.javaBlocks().stream()).toList();
		assertThat(blocks).hasSizeGreaterThan(30);
		assertThat(blocks).filteredOn(JavaBlock::fragment).hasSizeLessThan(blocks.size() / 2);
	}

	@Test
	void anExampleThatDoesNotCompileIsReported() {
		MarkdownPage page = new MarkdownPage(Path.of("page.md"), """
				```java
				record Known(String text) {
				}
				```

				```java
				class Uses {

					Known known;

					Unknown unknown;

				}
				```

				```java fragment
				is left alone
				```
				""");
		assertThat(errors(page)).hasSize(1).first().asString().contains("block 2", "Unknown");
	}

	private List<String> errors(MarkdownPage page) {
		List<JavaBlock> whole = page.javaBlocks().stream().filter((block) -> !block.fragment()).toList();
		if (whole.isEmpty()) {
			return List.of();
		}
		List<JavaFileObject> sources = new ArrayList<>();
		for (JavaBlock block : whole) {
			sources.add(new SourceText("block%20" + (page.javaBlocks().indexOf(block) + 1) + ".java", block.code()));
		}
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> options = List.of("--release", "17", "-parameters", "-proc:none", "-d", this.classes.toString(),
				"-classpath", classPath);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		compiler.getTask(new StringWriter(), null, found, options, null, sources).call();
		return found.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
			.map((error) -> error.getSource().getName() + ", line " + error.getLineNumber() + ": "
					+ error.getMessage(Locale.ENGLISH))
			.toList();
	}

}
