package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.boot.ssl.ReloadingSslContext;
import io.zinx.boot.ssl.ClientAuth;
import io.zinx.link.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/**
 * How connections are encrypted.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class SslProperties {

	/**
	 * Whether to speak TLS. Yes if a bundle is named and nothing else is set.
	 */
	private @Nullable Boolean enabled;

	/**
	 * SSL bundle with the server's certificate and key.
	 */
	private @Nullable String bundle;

	/**
	 * Whether clients must show a certificate.
	 */
	private ClientAuth clientAuth = ClientAuth.NONE;

	/**
	 * How long a client may take for the handshake, 0 for as long as it likes.
	 */
	private Duration handshakeTimeout = TlsSettings.DEFAULT_HANDSHAKE_TIMEOUT;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public ClientAuth getClientAuth() {
		return this.clientAuth;
	}

	public void setClientAuth(ClientAuth clientAuth) {
		this.clientAuth = clientAuth;
	}

	public Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

	/**
	 * Make settings of them.
	 * @param bundles the bundles of the application, {@code null} if it has none
	 * @return the settings, {@code null} for plain text
	 * @throws InvalidSettingException if there is no such bundle
	 */
	@Nullable TlsSettings toSettings(@Nullable SslBundles bundles) {
		boolean named = this.bundle != null && !this.bundle.isEmpty();
		if (!((this.enabled != null) ? this.enabled : named)) {
			return null;
		}
		if (!named || this.bundle == null) {
			throw new InvalidSettingException("ssl.enabled", this.enabled, "false, or true with zinx.ssl.bundle set");
		}
		if (bundles == null) {
			throw new InvalidSettingException("ssl.bundle", this.bundle,
					"nothing without SslBundles, a bean of Spring Boot's SslAutoConfiguration");
		}
		return new TlsSettings(ReloadingSslContext.of(bundles, this.bundle, this.clientAuth), this.handshakeTimeout);
	}

}
