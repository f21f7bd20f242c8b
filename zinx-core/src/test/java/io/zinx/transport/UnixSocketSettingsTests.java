package io.zinx.transport;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UnixSocketSettingsTests {

	@ParameterizedTest
	@CsvSource({ "0600, rw-------", "0660, rw-rw----", "0666, rw-rw-rw-", "0777, rwxrwxrwx", "0020, ----w----",
			"rw-rw----, rw-rw----", "-w-------, -w-------", ", rw-------" })
	void readsModesInOctalAndInLetters(@Nullable String mode, String permissions) {
		assertThat(UnixSocketSettings.of("/run/zinx.sock", mode).fileMode())
			.isEqualTo(PosixFilePermissions.fromString(permissions));
	}

	/**
	 * YAML reads 0660 without quotes as the number 432.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "432", "660", "0680", "06600", "", "rw", "rwrw----x", "rw-rw----x", "u=rw" })
	void refusesOtherModes(String mode) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> UnixSocketSettings.of("/run/zinx.sock", mode))
			.withMessage("unix-socket.file-mode: '" + mode + "' (expected: 0 and three octal digits, in quotes in "
					+ "YAML: '0660', or nine letters: rw-rw----)");
	}

	@ParameterizedTest
	@CsvSource({ "0000, ---------", "0555, r-xr-xr-x" })
	void refusesAModeWithWhichNobodyCouldConnect(String mode, String letters) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> UnixSocketSettings.of("/run/zinx.sock", mode))
			.withMessageStartingWith(
					"unix-socket.file-mode: '" + letters + "' (expected: a mode with write permission");
	}

	@Test
	void aPathIsAbsolute() {
		assertThat(UnixSocketSettings.of("zinx.sock", null).path())
			.isEqualTo(Path.of("").toAbsolutePath().resolve("zinx.sock"));
		assertThat(UnixSocketSettings.of("/run/../tmp/./zinx.sock", null).path()).isEqualTo(Path.of("/tmp/zinx.sock"));
		assertThat(
				new UnixSocketSettings(Path.of("zinx.sock"), Set.copyOf(PosixFilePermissions.fromString("rw-------")))
					.path())
			.isAbsolute();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "/", "/a\0b" })
	void refusesPathsOfNoFile(String path) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> UnixSocketSettings.of(path, null))
			.withMessageStartingWith("unix-socket.path: ")
			.withMessageContaining("the path of a file");
	}

	@Test
	void refusesAPathThatTheKernelCannotTake() {
		String longest = "/run/" + "x".repeat(102);
		assertThat(UnixSocketSettings.of(longest, null).path()).hasToString(longest);
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> UnixSocketSettings.of(longest + "x", null))
			.withMessage("unix-socket.path: " + longest
					+ "x (expected: a path of at most 107 bytes, which the kernel can take; this one has 108)");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> UnixSocketSettings.of("/run/" + "ä".repeat(52), null))
			.withMessageEndingWith("this one has 109)");
	}

	@Test
	void refusesADirectoryBesideWhichNoSocketCanBeBound() {
		String longest = "/" + "d".repeat(96);
		assertThat(UnixSocketSettings.of(longest + "/s", null).path()).hasToString(longest + "/s");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> UnixSocketSettings.of(longest + "d/s", null))
			.withMessage("unix-socket.path: " + longest
					+ "d/s (expected: a directory of at most 97 bytes, which the kernel can take; this one has 98)");
	}

}
