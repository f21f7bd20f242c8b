package io.zinx.boot.ssl;

import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.zinx.InvalidSettingException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.NestedExceptionUtils;

/**
 * The SSL context of an SSL bundle. It is replaced when the bundle is updated; if the new
 * one cannot be created, the previous one stays. Any thread.
 */
final class ReloadingSslContext implements Supplier<SslContext> {

	private static final Log logger = LogFactory.getLog(ReloadingSslContext.class);

	private final String name;

	private final ContextLoader loader;

	private volatile SslContext context;

	private ReloadingSslContext(String name, ContextLoader loader, SslContext context) {
		this.name = name;
		this.loader = loader;
		this.context = context;
	}

	/**
	 * Create a context that follows the updates of a bundle.
	 * @param bundles the bundles of the application
	 * @param name the bundle's name
	 * @param loader creates contexts
	 * @param setting the setting that names the bundle, for exceptions
	 * @return the context
	 * @throws InvalidSettingException if there is no such bundle, or it cannot be loaded
	 */
	static ReloadingSslContext of(SslBundles bundles, String name, ContextLoader loader, String setting) {
		SslBundle bundle;
		try {
			bundle = bundles.getBundle(name);
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidSettingException(setting, name,
					"the name of an SSL bundle below spring.ssl.bundle: " + bundles.getBundleNames());
		}
		ReloadingSslContext context;
		try {
			context = new ReloadingSslContext(name, loader, loader.load(name, bundle));
		}
		catch (Exception ex) {
			throw new InvalidSettingException(setting, name,
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
			this.context = this.loader.load(this.name, bundle);
			logger.info("SSL bundle '" + this.name + "' was updated; new connections use it");
		}
		catch (Throwable ex) {
			logger.error("SSL bundle '" + this.name + "' was updated, but cannot be used; new connections use its "
					+ "previous content: " + describe(ex));
		}
	}

	private static String describe(Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return (root == ex) ? String.valueOf(ex.getMessage()) : ex.getMessage() + ", " + root.getMessage();
	}

}
