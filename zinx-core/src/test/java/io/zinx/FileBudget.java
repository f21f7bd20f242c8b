package io.zinx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The lines that source files may have: {@link #MOST}, and {@link #USUAL} for all but one
 * in {@link #ONE_IN} of a module's files.
 *
 * @param exceptions files that may be longer and do not count, as module and file name,
 * with the reason
 */
record FileBudget(Map<String, String> exceptions) {

	static final int USUAL = 250;

	static final int MOST = 400;

	static final int ONE_IN = 20;

	List<String> violations(Map<String, List<SourceFile>> modules) {
		List<String> found = new ArrayList<>();
		Set<String> notSeen = new TreeSet<>(this.exceptions.keySet());
		modules.forEach((module, files) -> {
			files.forEach((file) -> notSeen.remove(module + "/" + file.name()));
			check(module, files, found);
		});
		notSeen.forEach((name) -> found.add(name + " is an exception, but there is no such file: delete it"));
		return found;
	}

	private void check(String module, List<SourceFile> files, List<String> found) {
		List<SourceFile> counted = files.stream().filter((file) -> !isException(module, file)).toList();
		List<SourceFile> tooLong = longerThan(MOST, counted);
		tooLong.forEach((file) -> found.add(module + ": " + file + ", at most " + MOST + " are allowed"));
		List<SourceFile> unusual = longerThan(USUAL, counted);
		int allowed = files.size() / ONE_IN;
		if (unusual.size() > allowed) {
			found.add(module + ": " + unusual.size() + " of " + files.size() + " files have more than " + USUAL
					+ " lines, allowed are " + allowed + ": " + unusual);
		}
		int limit = (unusual.size() < allowed) ? MOST : USUAL;
		files.stream()
			.filter((file) -> isException(module, file) && file.lines() <= limit)
			.forEach((file) -> found.add(module + ": " + file + ", needs no exception: delete it"));
	}

	private boolean isException(String module, SourceFile file) {
		return this.exceptions.containsKey(module + "/" + file.name());
	}

	private static List<SourceFile> longerThan(int lines, List<SourceFile> files) {
		return files.stream()
			.filter((file) -> file.lines() > lines)
			.sorted(Comparator.comparing(SourceFile::lines).reversed())
			.toList();
	}

	/**
	 * A file with its length.
	 */
	record SourceFile(String name, int lines) {

		static SourceFile of(Path file) {
			try {
				return new SourceFile(file.getFileName().toString(), Files.readAllLines(file).size());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public String toString() {
			return this.name + " has " + this.lines + " lines";
		}

	}

}
