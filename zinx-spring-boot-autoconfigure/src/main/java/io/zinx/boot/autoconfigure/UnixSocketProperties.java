package io.zinx.boot.autoconfigure;

import io.zinx.transport.UnixSocketSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The Unix domain socket of a server.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class UnixSocketProperties {

	/**
	 * Path of a Unix domain socket to listen on, beside the port or, with zinx.port=-1,
	 * alone. None if not set.
	 */
	private @Nullable String path;

	/**
	 * Permissions of the socket's file, in octal ('0660') or letters ('rw-rw----').
	 * Clients need write permission.
	 */
	private String fileMode = "0600";

	public @Nullable String getPath() {
		return this.path;
	}

	public void setPath(@Nullable String path) {
		this.path = path;
	}

	public String getFileMode() {
		return this.fileMode;
	}

	public void setFileMode(String fileMode) {
		this.fileMode = fileMode;
	}

	/**
	 * Return the settings.
	 * @return the settings; {@code null} without a path
	 */
	@Nullable UnixSocketSettings toSettings() {
		return StringUtils.hasText(this.path) ? UnixSocketSettings.of(this.path, this.fileMode) : null;
	}

}
