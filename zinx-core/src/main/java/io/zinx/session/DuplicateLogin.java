package io.zinx.session;

/**
 * The policy for a key that is bound while another open connection holds it.
 */
public enum DuplicateLogin {

	/** The other connection closes with reason {@code replaced}. The default. */
	KICK_OLD("kick-old"),

	/** The key stays with the other connection, and the new one does not get it. */
	REJECT_NEW("reject-new"),

	/** Both connections hold the key. */
	ALLOW("allow");

	private final String tag;

	DuplicateLogin(String tag) {
		this.tag = tag;
	}

	/**
	 * The policy's name in settings and logs.
	 * @return lower case words joined by hyphens
	 */
	@Override
	public String toString() {
		return this.tag;
	}

}
