package io.zinx.connection;

import java.util.Objects;

/**
 * What a server is told about its connections.
 *
 * @param duplicateLogin what happens when a key is bound that another connection holds
 */
public record ConnectionSettings(DuplicateLogin duplicateLogin) {

	/** The defaults: {@link DuplicateLogin#KICK_OLD}. */
	public static final ConnectionSettings DEFAULTS = new ConnectionSettings(DuplicateLogin.KICK_OLD);

	public ConnectionSettings {
		Objects.requireNonNull(duplicateLogin, "duplicateLogin");
	}

	/**
	 * The same with another policy for keys.
	 * @param duplicateLogin what happens when a key is bound that another connection
	 * holds
	 * @return new settings
	 */
	public ConnectionSettings withDuplicateLogin(DuplicateLogin duplicateLogin) {
		return new ConnectionSettings(duplicateLogin);
	}

}
