package io.zinx.heartbeat;

/**
 * The state of reading from a connection, with the side that is the cause if it is not
 * read.
 */
public enum ReadState {

	/** It is read: a peer that sends nothing is silent. */
	OPEN,

	/**
	 * It is not read because the queues of this side are full, or it reads no more:
	 * silence does not count.
	 */
	HELD,

	/**
	 * It is not read because it is congested: bytes that the peer accepts are its signs
	 * of life.
	 */
	CONGESTED

}
