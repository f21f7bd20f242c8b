package io.zinx.boot.autoconfigure;

import io.zinx.session.DuplicateLogin;

/**
 * Keys of connections.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class SessionProperties {

	/**
	 * What happens when a key is bound, for example a user logs in, and another open
	 * connection holds it.
	 */
	private DuplicateLogin duplicateLogin = DuplicateLogin.KICK_OLD;

	public DuplicateLogin getDuplicateLogin() {
		return this.duplicateLogin;
	}

	public void setDuplicateLogin(DuplicateLogin duplicateLogin) {
		this.duplicateLogin = duplicateLogin;
	}

}
