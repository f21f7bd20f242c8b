package io.zinx.link;

/**
 * The clients that a server with TLS serves.
 */
public enum TlsMode {

	/** Clients with TLS only. A client that sends something else is closed. */
	REQUIRED("required"),

	/**
	 * Clients with and without TLS, on the same port, told apart by their first bytes.
	 * Nothing that was sent in plain text is protected, and anybody on the way can make a
	 * client that would take either use plain text.
	 */
	OPTIONAL("optional");

	private final String text;

	TlsMode(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
