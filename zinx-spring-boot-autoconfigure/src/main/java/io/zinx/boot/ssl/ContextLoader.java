package io.zinx.boot.ssl;

import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509KeyManager;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Creates SSL contexts of bundles: with OpenSSL if its library is there and can do what
 * the bundle asks for, otherwise with the JDK. Any thread.
 *
 * @param clientAuth the client authentication mode
 * @param openSsl whether the library of OpenSSL is there
 */
record ContextLoader(ClientAuth clientAuth, boolean openSsl) {

	private static final Log logger = LogFactory.getLog(ContextLoader.class);

	/** The protocols that OpenSSL speaks in all of its builds. */
	private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

	private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA", "Ed25519", "RSASSA-PSS", "DSA");

	/**
	 * Create a loader that uses OpenSSL if its library is on the class path and works on
	 * this platform.
	 */
	static ContextLoader of(ClientAuth clientAuth) {
		boolean openSsl = OpenSsl.isAvailable();
		if (!openSsl && !(OpenSsl.unavailabilityCause() instanceof ClassNotFoundException)) {
			logger.info("OpenSSL cannot be used, so the JDK encrypts connections: " + OpenSsl.unavailabilityCause());
		}
		return new ContextLoader(clientAuth, openSsl);
	}

	/**
	 * Create the context of a bundle.
	 * @param name the bundle's name, for logs
	 * @param bundle the bundle
	 * @throws Exception if it cannot be used
	 */
	SslContext load(String name, SslBundle bundle) throws Exception {
		String obstacle = this.openSsl ? obstacle(bundle) : null;
		if (this.openSsl && obstacle == null) {
			try {
				SslContext context = load(bundle, SslProvider.OPENSSL);
				logger.debug("SSL bundle '" + name + "' is used with " + OpenSsl.versionString());
				return context;
			}
			catch (Exception ex) {
				obstacle = String.valueOf(ex.getMessage());
			}
		}
		SslContext context = load(bundle, SslProvider.JDK);
		if (obstacle != null) {
			logger.info("SSL bundle '" + name + "' is used with the JDK, although OpenSSL is there: " + obstacle);
		}
		else {
			logger.debug("SSL bundle '" + name + "' is used with the JDK");
		}
		return context;
	}

	private SslContext load(SslBundle bundle, SslProvider provider) throws SSLException {
		SslManagerBundle managers = bundle.getManagers();
		SslOptions options = bundle.getOptions();
		@Nullable String[] protocols = options.getEnabledProtocols();
		KeyManagerFactory keys = managers.getKeyManagerFactory();
		return SslContextBuilder
			.forServer((provider == SslProvider.JDK) ? keys : new OpenSslCachingX509KeyManagerFactory(keys))
			.trustManager(managers.getTrustManagerFactory())
			.sslProvider(provider)
			.protocols((protocols != null) ? Arrays.asList(protocols) : null)
			.ciphers(SslOptions.asSet(options.getCiphers()))
			.clientAuth(this.clientAuth.netty())
			.build();
	}

	/**
	 * Return what OpenSSL would do in another way than the bundle asks for.
	 * @return a phrase; {@code null} if there is nothing
	 */
	private static @Nullable String obstacle(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		if (options.getCiphers() != null) {
			return "its options name ciphers, and OpenSSL does not take those of TLS 1.3 from a list";
		}
		@Nullable String[] protocols = options.getEnabledProtocols();
		if (protocols != null && !PROTOCOLS.containsAll(Arrays.asList(protocols))) {
			return "its options name protocols other than " + PROTOCOLS.stream().sorted().toList();
		}
		for (KeyManager manager : bundle.getManagers().getKeyManagers()) {
			if (manager instanceof X509KeyManager keys && hidesKeys(keys)) {
				return "its key store does not hand out keys";
			}
		}
		return null;
	}

	/**
	 * Return whether there is a key that cannot be exported, for example in a module of
	 * hardware.
	 */
	private static boolean hidesKeys(X509KeyManager keys) {
		for (String type : KEY_TYPES) {
			String[] aliases = keys.getServerAliases(type, null);
			for (String alias : (aliases != null) ? aliases : new String[0]) {
				PrivateKey key = keys.getPrivateKey(alias);
				if (key != null && key.getEncoded() == null) {
					return true;
				}
			}
		}
		return false;
	}

}
