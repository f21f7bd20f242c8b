package io.zinx.boot.ssl;

import java.util.Arrays;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.zinx.InvalidSettingException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.core.NestedExceptionUtils;

/**
 * The SSL context of an SSL bundle. It is replaced when the bundle is updated; if the new
 * one cannot be created, the previous one stays. Any thread.
 */
public final class ReloadingSslContext implements Supplier<SslContext> {

	private static final Log logger = LogFactory.getLog(ReloadingSslContext.class);

	private final String name;

	private final ClientAuth clientAuth;

	private volatile SslContext context;

	private ReloadingSslContext(String name, ClientAuth clientAuth, SslContext context) {
		this.name = name;
		this.clientAuth = clientAuth;
		this.context = context;
	}

	/**
	 * Create a context that follows the updates of a bundle.
	 * @param bundles the bundles of the application
	 * @param name the bundle's name
	 * @param clientAuth the client authentication mode
	 * @return the context
	 * @throws InvalidSettingException if there is no such bundle, or it cannot be loaded
	 */
	public static ReloadingSslContext of(SslBundles bundles, String name, ClientAuth clientAuth) {
		SslBundle bundle;
		try {
			bundle = bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidSettingException("ssl.bundle", name,
					"empty, or the name of an SSL bundle below spring.ssl.bundle: " + bundles.getBundleNames());
		}
		ReloadingSslContext context;
		try {
			context = new ReloadingSslContext(name, clientAuth, load(bundle, clientAuth));
		}
		catch (Exception ex) {
			throw new InvalidSettingException("ssl.bundle", name,
					"an SSL bundle with a certificate and its key; this one cannot be used: " + describe(ex));
		}
		bundles.addBundleUpdateHandler(name, context::update);
		return context;
	}

	@Override
	public SslContext get() {
		return this.context;
	}

	/**
	 * Replace the context. Called on the thread that watches files. An exception, if the
	 * bundle is unusable, would keep other handlers from being called.
	 */
	private void update(SslBundle bundle) {
		try {
			this.context = load(bundle, this.clientAuth);
			logger.info("SSL bundle '" + this.name + "' was updated; new connections use it");
		}
		catch (Throwable ex) {
			logger.error("SSL bundle '" + this.name + "' was updated, but cannot be used; new connections use its "
					+ "previous content: " + describe(ex));
		}
	}

	private static SslContext load(SslBundle bundle, ClientAuth clientAuth) throws SSLException {
		SslManagerBundle managers = bundle.getManagers();
		SslOptions options = bundle.getOptions();
		@Nullable String[] protocols = options.getEnabledProtocols();
		return SslContextBuilder.forServer(managers.getKeyManagerFactory())
			.trustManager(managers.getTrustManagerFactory())
			.sslProvider(SslProvider.JDK)
			.protocols((protocols != null) ? Arrays.asList(protocols) : null)
			.ciphers(SslOptions.asSet(options.getCiphers()))
			.clientAuth(clientAuth.netty())
			.build();
	}

	private static String describe(Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return (root == ex) ? String.valueOf(ex.getMessage()) : ex.getMessage() + ", " + root.getMessage();
	}

}
