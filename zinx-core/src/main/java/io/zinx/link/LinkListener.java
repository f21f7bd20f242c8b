package io.zinx.link;

import io.zinx.metrics.HandshakeResult;

/**
 * The owner of a link, as the link sees it: a client whose handshake is under way, later
 * its connection. Event loop only. Its {@code toString} names it in logs.
 */
public interface LinkListener {

	/**
	 * Return whether it is open.
	 * @return {@code false} once its end is decided
	 */
	boolean isOpen();

	/**
	 * The link cannot be established or kept because of the peer, for example after a
	 * failed handshake or a request for another one.
	 */
	void linkFailed();

	/**
	 * The client exchanges WebSocket messages from now on.
	 * @param text whether the server sends text instead of binary messages
	 * @return {@code false} if the server has sent something before
	 */
	default boolean webSocketBegun(boolean text) {
		return true;
	}

	/**
	 * The client has sent something that is no message, but shows that it lives.
	 */
	default void signOfLife() {
	}

	/**
	 * The link holds bytes of the client that it cannot pass on before it has their rest.
	 * @param bytes their number, 0 or more
	 */
	default void linkHolds(int bytes) {
	}

	/**
	 * The last frame to a client with WebSocket messages, before its connection is
	 * closed.
	 * @return the frame
	 */
	default WebSocketClose webSocketClose() {
		return WebSocketClose.NORMAL;
	}

	/**
	 * The result of a handshake that did not end before this side closed the channel.
	 * @return what is counted
	 */
	default HandshakeResult resultOfClose() {
		return HandshakeResult.ABORTED;
	}

}
