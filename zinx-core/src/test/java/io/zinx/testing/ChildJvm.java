package io.zinx.testing;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processes of tests that run a class of theirs, with the JDK and the class path of the
 * test.
 */
public final class ChildJvm {

	/** One compiler and one collecting thread: these processes are short or do little. */
	private static final List<String> CHEAP = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

	private ChildJvm() {
	}

	/**
	 * Prepare a process, whose errors go where those of the test go.
	 * @param options further options of its JVM
	 * @param main the class with the {@code main} method
	 * @param args the arguments of that
	 * @return the process, not started yet
	 */
	public static ProcessBuilder of(List<String> options, Class<?> main, String... args) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(CHEAP);
		command.addAll(options);
		command.addAll(List.of("-cp", classPath(), main.getName()));
		command.addAll(List.of(args));
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
	}

	/**
	 * The class path of the test, which is also right in another working directory.
	 */
	private static String classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).getAbsolutePath())
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Print a line for the test. Called in the process.
	 * @param line the line
	 * @throws IOException if nobody reads it
	 */
	public static void print(String line) throws IOException {
		FileOutputStream out = new FileOutputStream(FileDescriptor.out);
		out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

}
