package io.zinx.link;

/**
 * The connection behind a link, as the link sees it. Event loop only. Its
 * {@code toString} names it in logs.
 */
public interface LinkListener {

	/**
	 * Return whether the connection is open.
	 * @return {@code false} once its end is decided
	 */
	boolean isOpen();

	/**
	 * The link cannot be established or kept because of the peer, for example after a
	 * failed handshake or a request for another one.
	 */
	void linkFailed();

}
