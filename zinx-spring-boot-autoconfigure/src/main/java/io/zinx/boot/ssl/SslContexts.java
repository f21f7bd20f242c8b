package io.zinx.boot.ssl;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.netty.handler.ssl.SslContext;
import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * The SSL contexts of a server, one for each bundle that it uses. Each is replaced when
 * its bundle is updated, and stays if the new content cannot be used. For one thread.
 */
public final class SslContexts {

	private final SslBundles bundles;

	private final ContextLoader loader;

	private final Map<String, ReloadingSslContext> contexts = new HashMap<>();

	/**
	 * Create the contexts of a server.
	 * @param bundles the bundles of the application
	 * @param clientAuth the client authentication mode of all of them
	 */
	public SslContexts(SslBundles bundles, ClientAuth clientAuth) {
		this(bundles, ContextLoader.of(clientAuth));
	}

	SslContexts(SslBundles bundles, ContextLoader loader) {
		this.bundles = bundles;
		this.loader = loader;
	}

	/**
	 * Return the context of a bundle.
	 * @param setting the setting that names the bundle, for exceptions
	 * @param bundle the bundle's name; {@code null} or blank if the setting is missing
	 * @return the context, the same for the same name
	 * @throws InvalidSettingException if there is no such bundle, or it cannot be loaded
	 */
	public Supplier<SslContext> get(String setting, @Nullable String bundle) {
		if (!StringUtils.hasText(bundle)) {
			throw new InvalidSettingException(setting, bundle,
					"the name of an SSL bundle below spring.ssl.bundle: " + this.bundles.getBundleNames());
		}
		return this.contexts.computeIfAbsent(bundle,
				(name) -> ReloadingSslContext.of(this.bundles, name, this.loader, setting));
	}

}
