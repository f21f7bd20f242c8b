package io.zinx.boot.autoconfigure;

import io.zinx.server.ServerConfigBuilder;

/**
 * A bean that changes the server's configuration before it is built. Called in order,
 * after the properties were applied.
 */
@FunctionalInterface
public interface ZinxServerCustomizer {

	/**
	 * Change the configuration.
	 * @param builder holds the values of the properties
	 */
	void customize(ServerConfigBuilder builder);

}
