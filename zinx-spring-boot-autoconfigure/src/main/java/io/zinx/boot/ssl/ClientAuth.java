package io.zinx.boot.ssl;

/**
 * The demand for certificates of clients.
 */
public enum ClientAuth {

	/** They are not asked. */
	NONE(io.netty.handler.ssl.ClientAuth.NONE),

	/** They are asked; who shows one must show one that is trusted. */
	WANT(io.netty.handler.ssl.ClientAuth.OPTIONAL),

	/** Who shows none that is trusted is turned away. */
	NEED(io.netty.handler.ssl.ClientAuth.REQUIRE);

	private final io.netty.handler.ssl.ClientAuth netty;

	ClientAuth(io.netty.handler.ssl.ClientAuth netty) {
		this.netty = netty;
	}

	io.netty.handler.ssl.ClientAuth netty() {
		return this.netty;
	}

}
