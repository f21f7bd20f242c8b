package io.zinx.link;

/**
 * The last WebSocket frame to a client, in which the server says why it closes the
 * connection.
 *
 * @param code the status code: of RFC 6455, section 7.4.1, its registry, or 4000 to 4999
 * for an application
 * @param text the reason in ASCII characters, at most 123
 */
public record WebSocketClose(int code, String text) {

	/** The normal end of a connection. */
	public static final WebSocketClose NORMAL = new WebSocketClose(1000, "");

}
