package io.zinx.testing;

import io.zinx.eventloop.ServerThreads;

/**
 * Makes the threads of servers that are none.
 */
public final class TestThreads {

	private TestThreads() {
	}

	/**
	 * The threads of a server with the class loader of these tests.
	 * @param serverName the name of the server
	 * @return makes them
	 */
	public static ServerThreads named(String serverName) {
		return new ServerThreads(serverName, TestThreads.class.getClassLoader());
	}

}
