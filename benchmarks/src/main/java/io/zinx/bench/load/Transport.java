package io.zinx.bench.load;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * The layers between TCP and the frames of a load.
 *
 * @param tls the context of a client that trusts the server; {@code null} for none
 * @param webSocket true if each frame is a WebSocket message
 */
public record Transport(@Nullable SSLContext tls, boolean webSocket) {

	/** Frames on TCP. */
	public static final Transport PLAIN = new Transport(null, false);

}
