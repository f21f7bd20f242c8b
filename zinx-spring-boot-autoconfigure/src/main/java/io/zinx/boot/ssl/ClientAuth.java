package io.zinx.boot.ssl;

/**
 * The client authentication mode of TLS.
 */
public enum ClientAuth {

	/** Clients are not asked for a certificate. */
	NONE(io.netty.handler.ssl.ClientAuth.NONE),

	/** Clients are asked for a certificate. One that is presented must be trusted. */
	WANT(io.netty.handler.ssl.ClientAuth.OPTIONAL),

	/** Clients must present a trusted certificate. Others are disconnected. */
	NEED(io.netty.handler.ssl.ClientAuth.REQUIRE);

	private final io.netty.handler.ssl.ClientAuth netty;

	ClientAuth(io.netty.handler.ssl.ClientAuth netty) {
		this.netty = netty;
	}

	io.netty.handler.ssl.ClientAuth netty() {
		return this.netty;
	}

}
