package io.zinx.link;

/**
 * The use of the PROXY protocol, in which a load balancer names the address of the client
 * in a header before the client's own bytes.
 */
public enum ProxyProtocolMode {

	/** No header is read: one that is sent is part of the messages. */
	OFF("off"),

	/** Clients with and without a header are served, told apart by their first bytes. */
	OPTIONAL("optional"),

	/** A client without a header is closed. */
	REQUIRED("required");

	private final String text;

	ProxyProtocolMode(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
