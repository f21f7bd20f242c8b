package io.zinx.boot.test.client;

/**
 * What a client sees of the end of its connection.
 */
public enum ConnectionEnd {

	/** The server closed in good order: all that it had sent has arrived. */
	CLOSED,

	/** The connection was reset: the last messages may be lost. */
	RESET,

	/** The client itself has closed it. */
	BY_CLIENT

}
