package io.zinx.traffic;

/**
 * What clients send, and what the application does with it. The message number of a
 * request is that of its replies, too.
 */
enum Kind {

	/** Says which client it is; the first message of each. */
	HELLO(1),

	/** Is sent back. */
	ECHO(2),

	/** Gets no reply. */
	ONEWAY(3),

	/** Gets several replies. */
	BATCH(4),

	/** Is sent back by another thread, a little later. */
	LATER(5),

	/** Gives the connection a task, which replies in its turn. */
	TASK(6),

	/** Is sent back when its handler has been at work for a while. */
	WORK(7),

	/** Its handler throws. */
	FAIL(8),

	/** Is sent back, and the application is told when that is written. */
	AWAITED(9),

	/** Its handler closes the connection with a last message. */
	KICK(10),

	/** Gets replies until the connection is closed because of that. */
	FLOOD(11);

	/** The messages that the application sends to a client without being asked. */
	static final int PUSH = 20;

	/** What the server sends to each client that it parts from. */
	static final int GOODBYE = 30;

	/**
	 * What clients get for requests that come when the server is about to part from them.
	 */
	static final int REFUSAL = 40;

	/** Added to all numbers of clients that may not get what was sent to them. */
	static final int RUDE = 100;

	private final int number;

	Kind(int number) {
		this.number = number;
	}

	int number() {
		return this.number;
	}

}
