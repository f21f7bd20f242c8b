package io.zinx.boot.autoconfigure;

import java.util.List;

import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * TLS, which this server does not speak yet: who asks for it must not get plain text.
 */
public class SslProperties {

	/**
	 * SSL bundle of the server's certificate. The server does not speak TLS yet, so a
	 * value stops the start.
	 */
	private @Nullable String bundle;

	/**
	 * The bundle.
	 * @return its name, {@code null} for none
	 */
	public @Nullable String getBundle() {
		return this.bundle;
	}

	/**
	 * Set the bundle.
	 * @param bundle its name, {@code null} for none
	 */
	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	/**
	 * Refuse to start without the TLS that was asked for.
	 * @param known the bundles of the application
	 * @throws InvalidSettingException if a bundle is set
	 */
	void requireNone(List<String> known) {
		if (this.bundle == null || this.bundle.isEmpty()) {
			return;
		}
		if (!known.contains(this.bundle)) {
			throw new InvalidSettingException("ssl.bundle", this.bundle,
					"nothing, or the name of an SSL bundle; there are " + known + " below spring.ssl.bundle");
		}
		throw new InvalidSettingException("ssl.bundle", this.bundle,
				"nothing: the server does not speak TLS yet, put something in front of it that does");
	}

}
