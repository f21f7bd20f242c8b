package io.zinx.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.dispatch.Dispatcher;
import io.zinx.lifecycle.JvmExit;
import io.zinx.transport.Transport;

/**
 * The threads that wait for a stop inside a router or listener, so that the stop must not
 * wait for them: those that have called it, and those that have called
 * {@link System#exit}. Any thread.
 */
final class StopCallers {

	private static final Duration LOOK_PERIOD = Duration.ofMillis(100);

	private final Iterable<ChannelConnection> connections;

	private final Dispatcher dispatcher;

	private final Transport transport;

	private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();

	private volatile StopDeadline nextLook = StopDeadline.in(Duration.ZERO);

	StopCallers(Iterable<ChannelConnection> connections, Dispatcher dispatcher, Transport transport) {
		this.connections = connections;
		this.dispatcher = dispatcher;
		this.transport = transport;
	}

	/**
	 * True if a thread runs a router or listener, or may do so, as each event loop.
	 */
	private boolean mayBe(Thread thread) {
		return this.transport.threads().contains(thread) || this.dispatcher.isHandlerThread(thread);
	}

	/**
	 * Reject a drain or resume on a thread that it would wait for.
	 */
	void requireOtherThread() {
		if (mayBe(Thread.currentThread())) {
			throw new IllegalStateException("drain() and resume() wait for event loops and cannot be called "
					+ "by a router or listener: call them on a thread of your own");
		}
	}

	/**
	 * Record a thread that waits for the stop.
	 * @param thread the thread; no effect if it runs neither router nor listener
	 */
	void add(Thread thread) {
		if (mayBe(thread)) {
			this.waiting.add(thread);
		}
	}

	/**
	 * The waiting threads, including those that have called {@link System#exit}, which
	 * are searched only once in a while, because that reads the stacks of threads.
	 */
	private Stream<Thread> waiting() {
		if (this.nextLook.isOver()) {
			this.nextLook = StopDeadline.in(LOOK_PERIOD);
			if (JvmExit.isUnderWay()) {
				Stream.concat(this.transport.threads().stream(), this.dispatcher.handlerThreads())
					.filter(JvmExit::isAwaitedBy)
					.forEach(this.waiting::add);
			}
		}
		return this.waiting.stream();
	}

	boolean contains(Thread thread) {
		return waiting().anyMatch((caller) -> caller == thread);
	}

	/**
	 * True if an event loop does nothing until one of them returns.
	 */
	boolean block(EventLoop loop) {
		return waiting().anyMatch(loop::inEventLoop);
	}

	/**
	 * Return whether all connections that are left wait for one of them.
	 * @return {@code false} if there are no such threads
	 */
	boolean blockAll() {
		return waiting().findAny().isPresent()
				&& StreamSupport.stream(this.connections.spliterator(), false).allMatch(this::block);
	}

	private boolean block(ChannelConnection connection) {
		EventLoop loop = connection.channel().eventLoop();
		return this.waiting.stream()
			.anyMatch((caller) -> loop.inEventLoop(caller) || this.dispatcher.isBlockedBy(connection, caller));
	}

}
