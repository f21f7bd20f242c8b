package io.zinx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import io.zinx.testing.SourceText;
import io.zinx.testing.Sources;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The comments on the types of all modules begin with their subject.
 */
class WordsTests {

	private static final Pattern QUESTION = Pattern
		.compile("(What|How|Who|Whom|Whose|Where|Whether|When|Why|Which)\\b.*", Pattern.DOTALL);

	private static final String SAMPLE = """
			/** What it is. */
			class Top {
				/**
				 * Whether there is one.
				 */
				boolean member;
				/**
				 * Where one is nested,
				 * on two lines.
				 */
				enum Nested { /** Which one. */ ONE }
				/** The subject, and what it does. */
				record Plain(int left) { /** Who asks. */ interface Inner { } }
				/** Whatever begins like one of them. */
				interface Other { }
				class Uncommented { }
			}
			""";

	@Test
	void noCommentOnATypeBeginsWithAQuestionWord() throws IOException {
		List<Path> files = Sources.main().values().stream().flatMap(List::stream).toList();
		try (StandardJavaFileManager manager = ToolProvider.getSystemJavaCompiler()
			.getStandardFileManager(null, null, null)) {
			assertThat(questions(manager.getJavaFileObjectsFromPaths(files))).isEmpty();
		}
	}

	@Test
	void aQuestionWordIsFoundOnEveryKindOfType() throws IOException {
		assertThat(questions(List.of(new SourceText("sample/Top.java", SAMPLE)))).containsExactly(
				"/sample/Top.java, Top: What it is.", "/sample/Top.java, Nested: Where one is nested,",
				"/sample/Top.java, Inner: Who asks.");
	}

	private static List<String> questions(Iterable<? extends JavaFileObject> files) throws IOException {
		JavacTask parser = SourceTypes.parser(files);
		DocTrees comments = DocTrees.instance(parser);
		List<String> found = new ArrayList<>();
		for (CompilationUnitTree unit : parser.parse()) {
			new TreePathScanner<@Nullable Void, @Nullable Void>() {

				@Override
				public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
					String comment = comments.getDocComment(getCurrentPath());
					if (comment != null && QUESTION.matcher(comment.strip()).matches()) {
						found.add(unit.getSourceFile().getName() + ", " + type.getSimpleName() + ": "
								+ comment.strip().lines().findFirst().orElse(""));
					}
					return super.visitClass(type, null);
				}

			}.scan(unit, null);
		}
		return found;
	}

}
