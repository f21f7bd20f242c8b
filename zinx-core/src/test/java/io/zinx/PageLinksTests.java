package io.zinx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.zinx.testing.MarkdownPage;
import io.zinx.testing.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages link only to files and headings that exist.
 */
class PageLinksTests {

	private static final List<MarkdownPage> PAGES = MarkdownPage.all();

	static Stream<MarkdownPage> pages() {
		return PAGES.stream();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void everyLinkLeadsToAFileAndAHeadingThatExist(MarkdownPage page) {
		assertThat(broken(page)).isEmpty();
	}

	@Test
	void everyPageOfTheDocumentationIsInTheIndex() {
		MarkdownPage index = page("docs/index.md");
		List<String> pages = pages().map(MarkdownPage::toString)
			.filter((name) -> name.matches("docs/[^/]+\\.md") && !name.equals("docs/index.md"))
			.map((name) -> name.substring("docs/".length()))
			.toList();
		assertThat(pages).hasSizeGreaterThan(15);
		assertThat(index.links()).doesNotHaveDuplicates().containsAll(pages);
	}

	@Test
	void bothReadmesHaveTheSameLinksAndCode() {
		MarkdownPage english = page("README.md");
		MarkdownPage chinese = page("README.zh-CN.md");
		assertThat(english.links()).contains("README.zh-CN.md");
		assertThat(chinese.links()).contains("README.md");
		assertThat(chinese.links()).filteredOn((link) -> !link.startsWith("README"))
			.containsExactlyElementsOf(english.links().stream().filter((link) -> !link.startsWith("README")).toList());
		assertThat(chinese.javaBlocks()).isEqualTo(english.javaBlocks());
	}

	@Test
	void aLinkThatLeadsNowhereIsReported() {
		MarkdownPage page = new MarkdownPage(Sources.root().resolve("docs/made-up.md"), """
				# A page
				## Two words, `code` and a [link](index.md)
				[here](#two-words-code-and-a-link) [there](#nothing) ![no picture](images/nothing.svg)
				[root](../README.md) [outside](https://zinx.example/nothing) [none](nothing.md#a)
				`[code](nothing.md)`
				```
				[code](nothing.md)
				## No heading
				```
				[no heading](#no-heading)
				""");
		assertThat(broken(page)).containsExactly("#nothing", "images/nothing.svg", "nothing.md#a", "#no-heading");
	}

	@Test
	void anchorsAreThoseOfGitHub() {
		MarkdownPage page = new MarkdownPage(Path.of("page.md"),
				"# Who is it?\n## `zinx.json`, *again*\n## a-b c_d\n## Who is it?\n### 会话：分组\n");
		assertThat(page.anchors()).containsExactly("who-is-it", "zinxjson-again", "a-b-c_d", "who-is-it-1", "会话分组");
	}

	private static List<String> broken(MarkdownPage page) {
		List<String> broken = new ArrayList<>();
		for (String link : page.links()) {
			if (!link.contains("://") && !exists(page, link)) {
				broken.add(link);
			}
		}
		return broken;
	}

	private static boolean exists(MarkdownPage page, String link) {
		int hash = link.indexOf('#');
		String path = (hash < 0) ? link : link.substring(0, hash);
		Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
		if (hash < 0) {
			return Files.exists(target);
		}
		MarkdownPage named = target.equals(page.file()) ? page
				: pages().filter((other) -> other.file().equals(target)).findAny().orElse(null);
		return named != null && named.anchors().contains(link.substring(hash + 1));
	}

	private static MarkdownPage page(String name) {
		return pages().filter((page) -> page.toString().equals(name)).findAny().orElseThrow();
	}

}
