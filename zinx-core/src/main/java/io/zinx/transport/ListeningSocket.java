package io.zinx.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.lifecycle.Polling;
import org.jspecify.annotations.Nullable;

/**
 * A socket that accepts clients, and can be opened again after it was closed. One thread
 * at a time opens and closes it.
 */
abstract class ListeningSocket {

	private static final String BLOCKED = "the event loop that accepts connections is blocked";

	private final ServerBootstrap bootstrap;

	private volatile @Nullable Channel channel;

	private volatile CompletableFuture<@Nullable Void> closed = CompletableFuture.completedFuture(null);

	ListeningSocket(ServerBootstrap bootstrap) {
		this.bootstrap = bootstrap;
	}

	/**
	 * Check that it could be opened, as far as that can be known before.
	 * @throws ServerBindException if it could not
	 */
	final void check() {
		try {
			checkAddress();
		}
		catch (IOException | RuntimeException ex) {
			throw cannotListen(ex);
		}
	}

	/**
	 * Open the socket, once the last {@link #close} has taken effect.
	 * @param handler the handler of its channel
	 * @param millis the longest wait for its event loop, each time that it must answer
	 * @throws ServerBindException if it cannot listen; nothing is left behind then
	 */
	final void open(ChannelHandler handler, long millis) {
		try {
			Channel opened = bind(this.bootstrap.clone().handler(handler(handler)), millis);
			opened(opened);
			this.channel = opened;
		}
		catch (Exception ex) {
			failed();
			throw cannotListen(ex);
		}
	}

	private Channel bind(ServerBootstrap own, long millis) throws IOException, TimeoutException {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		if (!Polling.await(this.closed::isDone, () -> System.nanoTime() - end >= 0)) {
			throw new TimeoutException(BLOCKED);
		}
		ChannelFuture bound = own.bind(addressToBind());
		if (!bound.awaitUninterruptibly(millis)) {
			bound.addListener((late) -> bound.channel().close());
			throw new TimeoutException(BLOCKED);
		}
		return bound.syncUninterruptibly().channel();
	}

	/**
	 * Close the socket. Does not wait.
	 * @return completes when the system refuses clients and the address is free. With NIO
	 * this is when the accepting event loop has polled its sockets once more, because
	 * until then its selector holds the closed socket
	 */
	final CompletableFuture<@Nullable Void> close() {
		CompletableFuture<@Nullable Void> refused = new CompletableFuture<>();
		this.closed = refused;
		Runnable isGone = () -> refused.complete(null);
		Channel listening = channel();
		beforeClose();
		listening.close().addListener((done) -> EventLoopTasks.executeBehindSockets(listening.eventLoop(), isGone));
		return refused;
	}

	/**
	 * True if the last {@link #close} has taken effect, or cannot because the event loop
	 * is one of those excepted.
	 */
	final boolean isClosed(Predicate<EventLoop> excepted) {
		return this.closed.isDone() || excepted.test(eventLoop());
	}

	final EventLoop eventLoop() {
		return channel().eventLoop();
	}

	final Channel channel() {
		return Objects.requireNonNull(this.channel, "The socket was never opened");
	}

	/**
	 * The address as clients know it.
	 */
	abstract SocketAddress localAddress();

	abstract void checkAddress() throws IOException;

	abstract SocketAddress addressToBind() throws IOException;

	/**
	 * The handler of a new channel, in front of which the socket may put its own.
	 */
	abstract ChannelHandler handler(ChannelHandler given);

	/**
	 * The channel listens.
	 */
	abstract void opened(Channel opened) throws IOException;

	abstract void failed();

	abstract void beforeClose();

	abstract ServerBindException cannotListen(Throwable cause);

}
