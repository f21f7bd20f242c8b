package io.zinx.link;

import org.jspecify.annotations.Nullable;

/**
 * The request with which a client has begun a WebSocket connection.
 *
 * @param path the path of the request, decoded
 * @param query the query of the request, not decoded; {@code null} for none
 * @param origin the origin of the page that has connected, as the browser has sent it;
 * {@code null} if the client has sent none, as clients outside browsers do
 * @param subprotocol the subprotocol that was agreed on; {@code null} for none
 * @param text whether messages to this client are sent as text
 * @param compressed whether messages of some length are compressed
 */
public record WebSocketHandshake(String path, @Nullable String query, @Nullable String origin,
		@Nullable String subprotocol, boolean text, boolean compressed) {
}
