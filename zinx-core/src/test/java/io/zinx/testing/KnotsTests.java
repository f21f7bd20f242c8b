package io.zinx.testing;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KnotsTests {

	@TempDir
	private Path directory;

	@Test
	void twoTypesThatUseEachOtherAreAKnot() throws IOException {
		assertThat(knots("class A { B b; }", "class B { A a() { return null; } }").largest("sample"))
			.containsExactly("A", "B");
	}

	@Test
	void aLineIsNoKnot() throws IOException {
		assertThat(knots("class A { B b; C c; }", "class B { C c; }", "class C { }").largest("sample")).isEmpty();
	}

	@Test
	void aNestedTypeCountsAsItsTopLevelType() throws IOException {
		Knots knots = knots("class A { Runnable task() { return new Runnable() { public void run() { new B(); } }; } }",
				"class B { static class Inner { class Innermost { boolean is(Object it) { return it instanceof A; } } } }",
				"class C { class Inner { C c; } Inner inner; }");
		assertThat(knots.largest("sample")).containsExactly("A", "B");
	}

	@Test
	void aTypeIsUsedByItsArraysLambdasAndSupertypes() throws IOException {
		Knots knots = knots("class A { B[] more; }", "class B { Runnable task() { return () -> C.call(); } }",
				"class C extends D { static void call() { } }", "interface E { void take(A a); }",
				"abstract class D implements E { public void take(A a) { } }");
		assertThat(knots.largest("sample")).containsExactly("A", "B", "C", "D", "E");
	}

	@Test
	void ofTwoKnotsTheLargerOneCounts() throws IOException {
		Knots knots = knots("class A { B b; }", "class B { A a; }", "class C { D d; A a; }", "class D { E e; }",
				"class E { C c; }");
		assertThat(knots.largest("sample")).containsExactly("C", "D", "E");
	}

	@Test
	void typesOfOtherPackagesAreNoPartOfAKnot() throws IOException {
		assertThat(knots("class A { java.util.List<String> b; }").packages()).containsExactly("sample");
		assertThat(knots("class A { java.util.List<String> b; }").largest("java.util")).isEmpty();
	}

	@Test
	void aRingOfFiveNeedsNoAllowanceAndOneOfSixDoes() throws IOException {
		assertThat(ring(5).violations(Map.of())).isEmpty();
		assertThat(ring(6).violations(Map.of())).first()
			.asString()
			.startsWith("sample has a knot of 6 types, allowed are 5")
			.contains("T0 uses T1\n", "T5 uses T0\n");
	}

	@Test
	void theTableMayNotAllowMoreThanThereIs() throws IOException {
		Knots knots = ring(6);
		assertThat(knots.violations(Map.of("sample", new Knots.Allowance(6, "A ring.")))).isEmpty();
		assertThat(knots.violations(Map.of("sample", new Knots.Allowance(7, "A ring.")))).first()
			.asString()
			.contains("lower the 7");
		assertThat(ring(4).violations(Map.of("sample", new Knots.Allowance(6, "A ring.")))).first()
			.asString()
			.contains("remove it from the table");
		assertThat(ring(4).violations(Map.of("gone", new Knots.Allowance(6, "A ring.")))).first()
			.asString()
			.contains("gone", "remove it from the table");
	}

	@Test
	void anAllowanceHasAReasonAndAUse() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Knots.Allowance(6, " "));
		assertThatIllegalArgumentException().isThrownBy(() -> new Knots.Allowance(5, "A ring."));
	}

	private Knots ring(int size) throws IOException {
		return knots(IntStream.range(0, size)
			.mapToObj((number) -> "class T" + number + " { T" + (number + 1) % size + " next; }")
			.toArray(String[]::new));
	}

	private Knots knots(String... sources) throws IOException {
		Path place = Files.createTempDirectory(this.directory, "sources");
		List<Path> files = new ArrayList<>();
		for (String source : sources) {
			Path file = place.resolve("Type" + files.size() + ".java");
			files.add(Files.writeString(file, "package sample; " + source));
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			Iterable<String> options = List.of("-d", place.toString(), "--release", "17", "-proc:none");
			assertThat(compiler
				.getTask(Writer.nullWriter(), manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
				.call()).isTrue();
		}
		return Knots.of(new ClassFileImporter().importPath(place));
	}

}
