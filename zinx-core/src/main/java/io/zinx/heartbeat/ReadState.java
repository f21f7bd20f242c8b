package io.zinx.heartbeat;

/**
 * Whether a connection is being read, and if it is not, whose fault that is.
 */
public enum ReadState {

	/** It is read: a peer from which nothing comes is silent. */
	OPEN,

	/**
	 * It is not read because this side has no room or reads no more: silence means
	 * nothing.
	 */
	HELD,

	/**
	 * It is not read because the peer does not read: what the peer takes of what waits
	 * for it is its sign of life.
	 */
	CONGESTED

}
