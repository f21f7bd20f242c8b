package io.zinx.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket to listen on. Its clients speak the same protocol as those of the
 * port, always without TLS: the permissions of the file decide who may connect.
 *
 * @param path the path of the socket's file, made absolute; at most {@value #MOST_BYTES}
 * bytes, of which the directory takes at most {@value #MOST_DIRECTORY_BYTES}
 * @param fileMode the permissions of the file; write permission is what a client needs to
 * connect
 */
public record UnixSocketSettings(Path path, Set<PosixFilePermission> fileMode) {

	/** The default of {@link #fileMode()}: only the user of the server may connect. */
	public static final String DEFAULT_FILE_MODE = "0600";

	/** The longest path in bytes: what the kernel takes, without its closing zero. */
	public static final int MOST_BYTES = 107;

	/**
	 * The longest path of the directory in bytes: the socket is first bound to a path of
	 * its own in a private directory beside its final place.
	 */
	public static final int MOST_DIRECTORY_BYTES = MOST_BYTES - 1 - UnixSocketFile.PRIVATE_BYTES;

	private static final String PATH = "unix-socket.path";

	private static final String FILE_MODE = "unix-socket.file-mode";

	private static final Pattern OCTAL = Pattern.compile("0[0-7]{3}");

	private static final Pattern LETTERS = Pattern.compile("([r-][w-][x-]){3}");

	private static final Set<PosixFilePermission> WRITE = EnumSet.of(PosixFilePermission.OWNER_WRITE,
			PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

	public UnixSocketSettings {
		path = path.toAbsolutePath().normalize();
		Path directory = path.getParent();
		if (directory == null) {
			throw new InvalidSettingException(PATH, path, "the path of a file");
		}
		requireBytes(path, path, MOST_BYTES, "a path");
		requireBytes(path, directory, MOST_DIRECTORY_BYTES, "a directory");
		fileMode = Set.copyOf(fileMode);
		if (Collections.disjoint(fileMode, WRITE)) {
			throw new InvalidSettingException(FILE_MODE, "'" + PosixFilePermissions.toString(fileMode) + "'",
					"a mode with write permission, without which nobody can connect");
		}
	}

	/**
	 * Create settings from texts.
	 * @param path the path of the socket's file; a relative one begins at the working
	 * directory
	 * @param fileMode the permissions: {@code 0} and three octal digits, for example
	 * {@code 0660}, or nine letters, for example {@code rw-rw----}; {@code null} for
	 * {@link #DEFAULT_FILE_MODE}
	 * @return the settings
	 * @throws InvalidSettingException if one is not valid
	 */
	public static UnixSocketSettings of(String path, @Nullable String fileMode) {
		return new UnixSocketSettings(path(path), permissions((fileMode != null) ? fileMode : DEFAULT_FILE_MODE));
	}

	private static Path path(String path) {
		Objects.requireNonNull(path, "path");
		if (path.isBlank()) {
			throw new InvalidSettingException(PATH, "'" + path + "'", "the path of a file");
		}
		try {
			return Path.of(path);
		}
		catch (InvalidPathException ex) {
			throw new InvalidSettingException(PATH, "'" + path + "'",
					"the path of a file, not: " + ex.getReason().toLowerCase(Locale.ROOT));
		}
	}

	private static void requireBytes(Path path, Path part, int most, String what) {
		int bytes = part.toString().getBytes(StandardCharsets.UTF_8).length;
		if (bytes > most) {
			throw new InvalidSettingException(PATH, path,
					what + " of at most " + most + " bytes, which the kernel can take; this one has " + bytes);
		}
	}

	private static Set<PosixFilePermission> permissions(String mode) {
		if (LETTERS.matcher(mode).matches()) {
			return PosixFilePermissions.fromString(mode);
		}
		if (!OCTAL.matcher(mode).matches()) {
			throw new InvalidSettingException(FILE_MODE, "'" + mode + "'",
					"0 and three octal digits, in quotes in YAML: '0660', or nine letters: rw-rw----");
		}
		String letters = mode.substring(1).chars().mapToObj(UnixSocketSettings::letters).collect(Collectors.joining());
		return PosixFilePermissions.fromString(letters);
	}

	private static String letters(int octal) {
		return ((octal & 4) != 0 ? "r" : "-") + ((octal & 2) != 0 ? "w" : "-") + ((octal & 1) != 0 ? "x" : "-");
	}

}
