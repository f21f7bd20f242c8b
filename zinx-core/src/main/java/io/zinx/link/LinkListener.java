package io.zinx.link;

/**
 * The connection behind a link. Event loop only. Its {@code toString} names it in logs.
 */
public interface LinkListener {

	/**
	 * Whether frames are still wanted.
	 * @return {@code false} once the end of the connection is decided
	 */
	boolean isOpen();

	/**
	 * The link cannot be made, or be kept, and the peer is to blame: a handshake that
	 * fails, for example, or a second one that it wants.
	 */
	void linkFailed();

}
