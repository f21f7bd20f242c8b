package io.zinx.admission;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.eventloop.LoopLocal;

/**
 * The numbers of new connections, which decide their workers: {@code connId % workers}.
 * Where the workers can be divided equally among the event loops, the connections of a
 * worker all have the same event loop: a thread then handles only what it has read
 * itself, and a worker does not wait for a thread that has read for it and lost its
 * processor. For that, each event loop counts for itself: of two, the first gives the odd
 * and the second the even numbers. Connections that come to the event loops in turn,
 * beginning with the first, have consecutive numbers. One for each run of a server.
 */
public final class ConnectionNumbers {

	/**
	 * The number of parts of the workers, one for each event loop; 1 if these would not
	 * be equal.
	 */
	private final int parts;

	/** The number given last in the part of each event loop. */
	private final LoopLocal<AtomicLong> last;

	/**
	 * Create the numbers of a run.
	 * @param registry the registry of earlier runs, whose numbers go on
	 * @param workers the number of workers; 0 if connections have none
	 * @param loops the number of event loops, 1 or more
	 */
	public ConnectionNumbers(ConnectionRegistry registry, int workers, int loops) {
		this.parts = (workers > 0 && workers % loops == 0) ? loops : 1;
		long first = registry.highestConnId() + 1;
		List<AtomicLong> lasts = LongStream.range(0, this.parts)
			.mapToObj((part) -> new AtomicLong(first + part - this.parts))
			.toList();
		this.last = new LoopLocal<>((loop) -> lasts.get(place(loop) % this.parts));
	}

	/** The place of an event loop in its group; 0 if it is in none. */
	private static int place(EventLoop loop) {
		EventLoopGroup group = loop.parent();
		int place = 0;
		if (group != null) {
			for (EventExecutor each : group) {
				if (each == loop) {
					return place;
				}
				place++;
			}
		}
		return 0;
	}

	/**
	 * The number of a new connection. On its event loop.
	 * @param loop the event loop
	 * @return 1 or more, greater than those before it on this event loop and in earlier
	 * runs
	 */
	long next(EventLoop loop) {
		return this.last.of(loop).addAndGet(this.parts);
	}

}
