package io.zinx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in {@code target} that tells of a long test, line by line. One thread.
 */
public final class Report {

	private final Path file;

	private Report(Path file) {
		this.file = file;
	}

	/**
	 * Begin a report anew.
	 * @param name the name of the file
	 * @return the report, without a line
	 */
	public static Report begin(String name) {
		Path file = Path.of("target", name);
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.deleteIfExists(file);
			return new Report(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Write a line.
	 * @param line the line
	 */
	public void write(String line) {
		try {
			Files.writeString(this.file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
