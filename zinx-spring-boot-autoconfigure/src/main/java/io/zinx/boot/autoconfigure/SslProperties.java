package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.zinx.InvalidSettingException;
import io.zinx.boot.ssl.ClientAuth;
import io.zinx.boot.ssl.SslContexts;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Properties of TLS.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class SslProperties {

	/**
	 * Encrypt connections with TLS. Defaults to true if 'zinx.ssl.bundle' is set. Must be
	 * set to false if any other property of TLS is set without a bundle.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Name of the SSL bundle below 'spring.ssl.bundle' with the server's certificate and
	 * key. Encrypts connections unless 'zinx.ssl.enabled' is false.
	 */
	private @Nullable String bundle;

	/**
	 * Clients that are served on the port: those with TLS only, or also those without.
	 */
	private TlsMode mode = TlsMode.REQUIRED;

	/**
	 * SSL bundles of clients that name the server (SNI), each as a server name, which may
	 * begin with a wildcard, and the name of a bundle. Clients with another name, and
	 * without one, get 'zinx.ssl.bundle'.
	 */
	private List<ServerNameBundle> serverNameBundles = new ArrayList<>();

	/**
	 * Client authentication mode, which decides whether clients must present a
	 * certificate.
	 */
	private ClientAuth clientAuth = ClientAuth.NONE;

	/**
	 * Maximum time of the TLS handshake of a client. No limit if 0.
	 */
	private Duration handshakeTimeout = Duration.ofSeconds(10);

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

	public TlsMode getMode() {
		return this.mode;
	}

	public void setMode(TlsMode mode) {
		this.mode = mode;
	}

	public List<ServerNameBundle> getServerNameBundles() {
		return this.serverNameBundles;
	}

	public void setServerNameBundles(List<ServerNameBundle> serverNameBundles) {
		this.serverNameBundles = serverNameBundles;
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
	 * True if these properties say whether connections are encrypted.
	 */
	boolean isDecided() {
		return this.enabled != null || StringUtils.hasText(this.bundle);
	}

	/**
	 * Create settings from these properties.
	 * @param bundles the bundles of the application, {@code null} if it has none
	 * @return the settings, {@code null} for plain text
	 * @throws InvalidSettingException if there is no such bundle
	 */
	@Nullable TlsSettings toSettings(@Nullable SslBundles bundles) {
		if (!((this.enabled != null) ? this.enabled : StringUtils.hasText(this.bundle))) {
			return null;
		}
		if (!StringUtils.hasText(this.bundle)) {
			throw new InvalidSettingException("ssl.enabled", this.enabled, "false, or true with zinx.ssl.bundle set");
		}
		if (bundles == null) {
			throw new InvalidSettingException("ssl.bundle", this.bundle,
					"not set, because there is no SslBundles bean, which Spring Boot's SslAutoConfiguration provides");
		}
		SslContexts contexts = new SslContexts(bundles, this.clientAuth);
		TlsSettings settings = TlsSettings.of(contexts.get("ssl.bundle", this.bundle))
			.withMode(this.mode)
			.withHandshakeTimeout(this.handshakeTimeout);
		for (int index = 0; index < this.serverNameBundles.size(); index++) {
			String setting = "ssl.server-name-bundles[" + index + "]";
			settings = this.serverNameBundles.get(index).addTo(settings, setting, contexts);
		}
		return settings;
	}

	/**
	 * An SSL bundle of clients that name the server.
	 *
	 * @param serverName the host name, or one with a wildcard
	 * @param bundle the name of the bundle
	 */
	public record ServerNameBundle(@Nullable String serverName, @Nullable String bundle) {

		TlsSettings addTo(TlsSettings settings, String setting, SslContexts contexts) {
			String name = (this.serverName != null) ? this.serverName.strip() : "";
			try {
				return settings.withServerName(name, contexts.get(setting + ".bundle", this.bundle));
			}
			catch (InvalidSettingException ex) {
				boolean ofBundle = ex.setting().startsWith(setting);
				throw ofBundle ? ex
						: new InvalidSettingException(setting + ".server-name", this.serverName, ex.expected());
			}
		}

	}

}
