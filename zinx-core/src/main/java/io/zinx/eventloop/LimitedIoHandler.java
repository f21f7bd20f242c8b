package io.zinx.eventloop;

import io.netty.channel.IoHandler;

/**
 * A handler of sockets of which a run processes a limited number of those that are ready,
 * and the next runs the others in turn, as epoll does. Event loop only.
 */
public interface LimitedIoHandler extends IoHandler {

	/**
	 * The most sockets that a run processes. A run that returns fewer has processed all
	 * that were ready.
	 * @return 1 or more; 0 if it processes all
	 */
	int limit();

	/**
	 * The number of sockets that are registered.
	 * @return 0 or more
	 */
	int sockets();

}
