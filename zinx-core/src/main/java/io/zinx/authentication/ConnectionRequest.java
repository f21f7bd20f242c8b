package io.zinx.authentication;

import java.net.SocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLSession;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.zinx.metrics.ConnectionTransport;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a client that wants to connect.
 *
 * @param remoteAddress the client's address, that of a PROXY header if there was one
 * @param transport the transport; for a client that asks for WebSocket,
 * {@link ConnectionTransport#WS} or {@link ConnectionTransport#WSS}
 * @param tlsSession the TLS session; {@code null} without TLS
 * @param path the decoded path of a request for WebSocket; {@code null} for other clients
 * @param query the query of a request for WebSocket, not decoded; {@code null} for none
 * @param headers the header fields of a request for WebSocket, by names in any case;
 * empty for other clients
 */
public record ConnectionRequest(SocketAddress remoteAddress, ConnectionTransport transport,
		@Nullable SSLSession tlsSession, @Nullable String path, @Nullable String query,
		Map<String, List<String>> headers) {

	public ConnectionRequest {
		TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(copy);
	}

	/**
	 * Return whether the client asks for WebSocket.
	 * @return {@code false} for a client that has no path, query, headers and cookies
	 */
	public boolean isWebSocket() {
		return this.path != null;
	}

	/**
	 * The first header field of a name.
	 * @param name the name, in any case
	 * @return its value; {@code null} if there is none
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null && !values.isEmpty()) ? values.get(0) : null;
	}

	/**
	 * The first parameter of a name in the query, decoded.
	 * @param name the name
	 * @return its value; {@code null} if there is none, or the query cannot be decoded
	 */
	public @Nullable String queryParameter(String name) {
		if (this.query == null) {
			return null;
		}
		try {
			List<String> values = new QueryStringDecoder(this.query, false).parameters().get(name);
			return (values != null) ? values.get(0) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * The first cookie of a name.
	 * @param name the name
	 * @return its value; {@code null} if there is none
	 */
	public @Nullable String cookie(String name) {
		for (String line : this.headers.getOrDefault(HttpHeaderNames.COOKIE.toString(), List.of())) {
			for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(line)) {
				if (cookie.name().equals(name)) {
					return cookie.value();
				}
			}
		}
		return null;
	}

	/** The query and the headers may hold secrets, so that they are left out. */
	@Override
	public String toString() {
		return this.remoteAddress + " over " + this.transport + ((this.path != null) ? " to " + this.path : "");
	}

}
