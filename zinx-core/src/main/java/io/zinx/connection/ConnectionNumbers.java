package io.zinx.connection;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;

/**
 * The numbers of new connections, which decide their workers: {@code connId % workers}.
 * All connections of a worker have the same event loop if the workers can be divided
 * equally among the event loops: a thread then handles only what it has read itself, and
 * a worker does not wait for a thread that has read for it and lost its processor. For
 * that, each event loop counts for itself: of two, the first gives the odd and the second
 * the even numbers. Connections that come to the event loops in turn, beginning with the
 * first, have consecutive numbers. The runs of a server share them.
 */
public final class ConnectionNumbers {

	/**
	 * The number given last in each part: one part for each event loop, or a single one
	 * if their shares of the workers would not be equal.
	 */
	private final List<AtomicLong> last;

	ConnectionNumbers(int workers, int loops) {
		int parts = (workers > 0 && workers % loops == 0) ? loops : 1;
		this.last = LongStream.rangeClosed(1, parts).mapToObj((first) -> new AtomicLong(first - parts)).toList();
	}

	/**
	 * The number of a new connection. Any thread.
	 * @param loop the event loop of the connection
	 * @return 1 or more, never the same twice, greater than those before it on this event
	 * loop
	 */
	public long next(EventLoop loop) {
		int parts = this.last.size();
		int part = (parts > 1) ? place(loop) % parts : 0;
		return this.last.get(part).addAndGet(parts);
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

}
