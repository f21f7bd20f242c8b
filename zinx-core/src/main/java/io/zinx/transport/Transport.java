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
 * Listens on a TCP port, or within this JVM. One for each run of a server.
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
	 * Start the I/O threads and listen.
	 * @param settings where, and with what
	 * @param threads makes the threads
	 * @param drivers drive the event loops; {@code null} for a thread each that does
	 * nothing else
	 * @param waterMark how much Netty takes over to write before it says it is full
	 * @param listener hears of each accepted channel first, in the listening channel's
	 * pipeline
	 * @param children assembles the pipeline of each accepted channel, which begins with
	 * reading switched off
	 * @return the transport
	 * @throws ServerBindException if it cannot listen there; nothing is left behind then
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
		// Netty sets TCP_NODELAY for every connection; once more would be a system call
		// each.
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
	 * Where it listens.
	 * @return the address with the real port, also when port 0 was configured; a
	 * {@link LocalAddress} when in memory
	 */
	public SocketAddress localAddress() {
		return this.localAddress;
	}

	/**
	 * What does the I/O.
	 * @return {@code epoll}, {@code nio} or {@code in-memory}
	 */
	public String kind() {
		return this.loops.kind();
	}

	/**
	 * Listen no more; what was accepted stays. Waits for nothing.
	 * @return is done when the system refuses clients and the port is free. With NIO that
	 * is when the I/O thread that accepts has looked at its sockets once more, because
	 * until then its selector holds the socket that was closed
	 */
	public CompletableFuture<@Nullable Void> stopAccepting() {
		CompletableFuture<@Nullable Void> refused = new CompletableFuture<>();
		Runnable isGone = () -> refused.complete(null);
		Channel listening = this.channel;
		listening.close().addListener((closed) -> EventLoopTasks.executeBehindSockets(listening.eventLoop(), isGone));
		return refused;
	}

	/**
	 * The I/O thread that accepts, or did last.
	 * @return its event loop
	 */
	public EventLoop accepting() {
		return this.channel.eventLoop();
	}

	/**
	 * Listen again where it did before {@link #stopAccepting}. Returns soon, also if the
	 * I/O thread that is to accept is blocked.
	 * @param listener hears of each accepted channel first, as in {@link #listen}
	 * @throws ServerBindException if it cannot, because somebody else listens there now,
	 * or its I/O thread is blocked
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
	 * The I/O threads that were started.
	 * @return all of them, also those that have ended
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
	 * Ask every I/O thread whether it goes on.
	 * @return gathers their answers
	 */
	public RollCall rollCall() {
		return this.loops.rollCall();
	}

	/**
	 * The I/O threads that read and write, to measure them.
	 * @return Netty's group
	 */
	public EventLoopGroup eventLoops() {
		return this.loops.group();
	}

	/**
	 * Begin to end the I/O threads: each closes its sockets first. Waits for nothing.
	 * @param timeout after which time they drop what they were given
	 */
	public void beginShutdown(Duration timeout) {
		this.loops.beginShutdown(timeout);
	}

	/**
	 * Whether every I/O thread has ended, but for some.
	 * @param excepted those that need not have ended
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
	 * Do something when all I/O threads have ended.
	 * @param action what to do; on a thread of Netty's
	 */
	public void onEnd(Runnable action) {
		this.loops.group().terminationFuture().addListener((ended) -> action.run());
	}

	/**
	 * End the I/O threads.
	 * @param timeout how long to wait for them
	 */
	public void shutdown(Duration timeout) {
		this.loops.shutdown(timeout);
	}

}
