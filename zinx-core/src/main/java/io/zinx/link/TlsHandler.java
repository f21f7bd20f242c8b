package io.zinx.link;

import javax.net.ssl.SSLEngine;

import io.netty.handler.ssl.SslHandler;

/**
 * Netty's TLS, which can also say where it stands. Event loop only.
 */
final class TlsHandler extends SslHandler {

	static final String NAME = "zinx-tls";

	TlsHandler(SSLEngine engine) {
		super(engine);
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	/**
	 * Whether part of a record was read, whose rest is on its way.
	 */
	boolean isMidRecord() {
		return actualReadableBytes() > 0;
	}

}
