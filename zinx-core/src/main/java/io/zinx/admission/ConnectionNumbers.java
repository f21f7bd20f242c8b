package io.zinx.admission;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.eventloop.LoopLocal;

/**
 * The numbers of new connections, which decide their workers: {@code connId % workers}.
 * Where the workers can be divided equally among the event loops, the connections of a
 * worker all have the same event loop: a thread then handles only what it has read
 * itself, and a worker does not wait for a thread that has read for it and lost its
 * processor. For that, numbers are left out if connections do not come to the event loops
 * in turn. One for each run of a server.
 */
public final class ConnectionNumbers {

	private final ConnectionRegistry registry;

	/**
	 * The number of parts of the workers, one for each event loop; 1 if these would not
	 * be equal.
	 */
	private final int parts;

	/** The part of each event loop, in the order in which they have connections. */
	private final LoopLocal<Integer> part;

	/**
	 * Create the numbers of a run.
	 * @param registry the registry, whose numbers go on from run to run
	 * @param workers the number of workers; 0 if connections have none
	 * @param loops the number of event loops, 1 or more
	 */
	public ConnectionNumbers(ConnectionRegistry registry, int workers, int loops) {
		this.registry = registry;
		this.parts = (workers > 0 && workers % loops == 0) ? loops : 1;
		AtomicInteger begun = new AtomicInteger();
		this.part = new LoopLocal<>((loop) -> begun.incrementAndGet() % this.parts);
	}

	/**
	 * The number of a new connection. On its event loop.
	 * @param loop the event loop
	 * @return 1 or more, greater than all before
	 */
	long next(EventLoop loop) {
		return this.registry.nextConnId(this.part.of(loop), this.parts);
	}

}
