package io.zinx.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalAddress;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket on a TCP port, or its counterpart within this JVM, and the event
 * loops. One for each run of a server.
 */
public final class Transport {

	private static final long LISTEN_MILLIS = 2000;

	private final EventLoops loops;

	private final ServerBootstrap bootstrap;

	private final SocketAddress localAddress;

	private volatile Channel channel;

	private Transport(EventLoops loops, ServerBootstrap bootstrap, Channel channel) {
		this.loops = loops;
		this.bootstrap = bootstrap;
		this.channel = channel;
		this.localAddress = channel.localAddress();
	}

	/**
	 * Start the event loops and listen.
	 * @param settings the address, sockets and event loops
	 * @param threads the factory of threads
	 * @param drivers the threads that drive the event loops; {@code null} for a dedicated
	 * thread for each
	 * @param waterMark Netty's water marks of bytes to write
	 * @param listener the handler of the listening channel, which sees each accepted
	 * channel first
	 * @param children assembles the pipeline of each accepted channel, which begins with
	 * reading switched off
	 * @return the transport
	 * @throws ServerBindException if it cannot listen; nothing is left behind then
	 */
	public static Transport listen(TransportSettings settings, ServerThreads threads, @Nullable LoopDrivers drivers,
			WriteBufferWaterMark waterMark, ChannelHandler listener, ChannelHandler children) {
		EventLoops loops = EventLoops.start(settings, threads, drivers);
		ServerBootstrap bootstrap = new ServerBootstrap().group(loops.group())
			.channel(loops.channelType())
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
			.handler(listener)
			.childHandler(children);
		ChannelFuture bound = bind(bootstrap, settings, loops).awaitUninterruptibly();
		Throwable cause = bound.cause();
		if (cause != null) {
			loops.shutdown(Duration.ofSeconds(2));
			throw new ServerBindException(settings.host(), settings.port(), cause);
		}
		return new Transport(loops, bootstrap, bound.channel());
	}

	private static ChannelFuture bind(ServerBootstrap bootstrap, TransportSettings settings, EventLoops loops) {
		if (settings.inMemory()) {
			return bootstrap.bind(LocalAddress.ANY);
		}
		// Netty sets TCP_NODELAY for every connection; to set it again costs a system
		// call
		// for each.
		bootstrap.option(ChannelOption.SO_BACKLOG, settings.backlog())
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		loops.keepAlive(bootstrap);
		if (settings.receiveBuffer() > 0) {
			bootstrap.option(ChannelOption.SO_RCVBUF, settings.receiveBuffer());
		}
		if (settings.sendBuffer() > 0) {
			bootstrap.childOption(ChannelOption.SO_SNDBUF, settings.sendBuffer());
		}
		return bootstrap.bind(new InetSocketAddress(settings.host(), settings.port()));
	}

	/**
	 * The address it listens on.
	 * @return the address with the real port, also when port 0 was configured; a
	 * {@link LocalAddress} when in memory
	 */
	public SocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * The kind of I/O.
	 * @return {@code epoll}, {@code nio} or {@code in-memory}
	 */
	public String kind() {
		return this.loops.kind();
	}

	/**
	 * Stop listening; accepted connections stay. Does not wait.
	 * @return completes when the system refuses clients and the port is free. With NIO
	 * this is when the accepting event loop has polled its sockets once more, because
	 * until then its selector holds the closed socket
	 */
	public CompletableFuture<@Nullable Void> stopAccepting() {
		CompletableFuture<@Nullable Void> refused = new CompletableFuture<>();
		Runnable isGone = () -> refused.complete(null);
		Channel listening = this.channel;
		listening.close().addListener((closed) -> EventLoopTasks.executeBehindSockets(listening.eventLoop(), isGone));
		return refused;
	}

	/**
	 * The event loop that accepts connections, or did last.
	 * @return the event loop
	 */
	public EventLoop accepting() {
		return this.channel.eventLoop();
	}

	/**
	 * Listen again on the address of before {@link #stopAccepting}. Returns soon, also if
	 * the accepting event loop is blocked.
	 * @param listener the handler of the listening channel, as in {@link #listen}
	 * @throws ServerBindException if another process listens there now, or the accepting
	 * event loop is blocked
	 */
	public void listenAgain(ChannelHandler listener) {
		ChannelFuture bound = this.bootstrap.clone().handler(listener).bind(this.localAddress);
		if (!bound.awaitUninterruptibly(LISTEN_MILLIS)) {
			bound.addListener((late) -> bound.channel().close());
			throw cannotListen(new TimeoutException("the event loop that accepts connections is blocked"));
		}
		Throwable cause = bound.cause();
		if (cause != null) {
			throw cannotListen(cause);
		}
		this.channel = bound.channel();
	}

	private ServerBindException cannotListen(Throwable cause) {
		return (this.localAddress instanceof InetSocketAddress inet)
				? new ServerBindException(inet.getHostString(), inet.getPort(), cause)
				: new ServerBindException(this.localAddress.toString(), 0, cause);
	}

	/**
	 * The threads of the event loops.
	 * @return all that were started, including those that have ended
	 */
	public Collection<Thread> threads() {
		return this.loops.threads();
	}

	/**
	 * The thread of an event loop.
	 * @param loop one of {@link #eventLoops()}
	 * @return its thread, or none if it was not started
	 */
	public Optional<Thread> thread(EventLoop loop) {
		return threads().stream().filter(loop::inEventLoop).findFirst();
	}

	/**
	 * Ask every event loop whether it is blocked.
	 * @return the check, which collects their answers
	 */
	public LoopCheck checkLoops() {
		return this.loops.checkLoops();
	}

	/**
	 * The event loops that read and write, for measurements.
	 * @return Netty's group
	 */
	public EventLoopGroup eventLoops() {
		return this.loops.group();
	}

	/**
	 * Begin to end the event loops: each closes its sockets first. Does not wait.
	 * @param timeout the time after which they drop their tasks
	 */
	public void beginShutdown(Duration timeout) {
		this.loops.beginShutdown(timeout);
	}

	/**
	 * Return whether all event loops have ended, except some.
	 * @param excepted the event loops that need not have ended
	 * @return whether all others have
	 */
	public boolean hasEnded(Predicate<EventLoop> excepted) {
		for (EventExecutor loop : this.loops.group()) {
			if (!loop.isTerminated() && !excepted.test((EventLoop) loop)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Run an action when all event loops have ended.
	 * @param action the action; run on a thread of Netty
	 */
	public void onEnd(Runnable action) {
		this.loops.group().terminationFuture().addListener((ended) -> action.run());
	}

	/**
	 * End the event loops.
	 * @param timeout the longest wait for them
	 */
	public void shutdown(Duration timeout) {
		this.loops.shutdown(timeout);
	}

}
