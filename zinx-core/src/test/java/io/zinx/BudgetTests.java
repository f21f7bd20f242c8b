package io.zinx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.zinx.FileBudget.SourceFile;
import io.zinx.testing.Sources;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lengths of the main sources of all modules. Those of methods, and the parameters of
 * constructors, are bounded by Checkstyle.
 */
class BudgetTests {

	private static final Map<String, String> exceptions = Map.of("zinx-core/ServerConfigBuilder.java",
			"One documented method for each setting, and nothing else.");

	@Test
	void theFilesOfAllModulesKeepTheirBudget() {
		Map<String, List<SourceFile>> modules = new TreeMap<>();
		Sources.main().forEach((module, files) -> modules.put(module, files.stream().map(SourceFile::of).toList()));
		assertThat(modules).containsKeys("zinx-core", "benchmarks", "integration-tests/minimal");
		assertThat(new FileBudget(exceptions).violations(modules)).isEmpty();
	}

	@Test
	void aFileMayHaveFourHundredLinesAndNotOneMore() {
		assertThat(violations(Map.of(), files(19, 250), files(1, 400))).isEmpty();
		assertThat(violations(Map.of(), files(19, 250), files(1, 401))).singleElement()
			.asString()
			.contains("F0-401.java has 401 lines", "at most 400");
	}

	@Test
	void oneFileInTwentyMayHaveMoreThanTwoHundredAndFiftyLines() {
		assertThat(violations(Map.of(), files(38, 250), files(2, 251))).isEmpty();
		assertThat(violations(Map.of(), files(37, 250), files(2, 251))).singleElement()
			.asString()
			.contains("2 of 39 files", "allowed are 1", "F1-251.java");
		assertThat(violations(Map.of(), files(5, 10), files(1, 251))).singleElement()
			.asString()
			.contains("allowed are 0");
	}

	@Test
	void anExceptionMayBeLongerAndLeavesTheOthersTheirRoom() {
		Map<String, String> table = Map.of("module/F0-401.java", "a reason");
		assertThat(violations(table, files(18, 250), files(1, 251), files(1, 401))).isEmpty();
	}

	@Test
	void anExceptionThatNothingNeedsIsAViolation() {
		Map<String, String> table = Map.of("module/F0-400.java", "a reason");
		assertThat(violations(table, files(19, 250), files(1, 400))).singleElement().asString().contains("delete it");
		assertThat(violations(table, files(18, 250), files(1, 251), files(1, 400))).isEmpty();
		assertThat(violations(table, files(20, 250))).singleElement().asString().contains("no such file");
	}

	private static List<String> violations(Map<String, String> table, SourceFile[]... files) {
		return new FileBudget(table).violations(Map.of("module", Stream.of(files).flatMap(Stream::of).toList()));
	}

	private static SourceFile[] files(int count, int lines) {
		return IntStream.range(0, count)
			.mapToObj((number) -> new SourceFile("F" + number + "-" + lines + ".java", lines))
			.toArray(SourceFile[]::new);
	}

}
