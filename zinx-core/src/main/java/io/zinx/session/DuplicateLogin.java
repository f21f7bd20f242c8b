package io.zinx.session;

/**
 * What happens when a key is bound that another open connection holds.
 */
public enum DuplicateLogin {

	/** The other connection closes with reason {@code replaced}. The default. */
	KICK_OLD("kick-old"),

	/** The key stays where it is. */
	REJECT_NEW("reject-new"),

	/** Both hold it. */
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
