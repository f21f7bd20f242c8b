package io.zinx.boot.test.client;

/**
 * The end of a connection as its client sees it.
 */
public enum ConnectionEnd {

	/** The server closed gracefully: all that it had sent has arrived. */
	CLOSED,

	/** The connection was reset: the last messages may be lost. */
	RESET,

	/** The client itself has closed it. */
	BY_CLIENT

}
