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
	 * The result of a handshake that did not end before this side closed the channel.
	 * @return what is counted
	 */
	default HandshakeResult resultOfClose() {
		return HandshakeResult.ABORTED;
	}

}
