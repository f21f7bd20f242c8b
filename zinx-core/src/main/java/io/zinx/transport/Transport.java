package io.zinx.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalAddress;

/**
 * Listens on a TCP port, or within this JVM. One for each run of a server.
 */
public final class Transport {

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
	 * @param serverName the server's name, part of the threads' names
	 * @param waterMark how much Netty takes over to write before it says it is full
	 * @param listener hears of each accepted channel first, in the listening channel's
	 * pipeline
	 * @param children assembles the pipeline of each accepted channel, which begins with
	 * reading switched off
	 * @return the transport
	 * @throws ServerBindException if it cannot listen there; nothing is left behind then
	 */
	public static Transport listen(TransportSettings settings, String serverName, WriteBufferWaterMark waterMark,
			ChannelHandler listener, ChannelHandler children) {
		EventLoops loops = EventLoops.start(settings, serverName);
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
	 * Listen no more; what was accepted stays.
	 * @param timeout how long to wait at most for the I/O thread that accepts
	 */
	public void stopAccepting(Duration timeout) {
		this.channel.close().awaitUninterruptibly(timeout.toMillis());
	}

	/**
	 * Listen again where it did before {@link #stopAccepting}.
	 * @param listener hears of each accepted channel first, as in {@link #listen}
	 * @throws ServerBindException if it cannot, because somebody else listens there now
	 */
	public void listenAgain(ChannelHandler listener) {
		ChannelFuture bound = this.bootstrap.clone().handler(listener).bind(this.localAddress).awaitUninterruptibly();
		Throwable cause = bound.cause();
		if (cause != null) {
			throw (this.localAddress instanceof InetSocketAddress inet)
					? new ServerBindException(inet.getHostString(), inet.getPort(), cause)
					: new ServerBindException(this.localAddress.toString(), 0, cause);
		}
		this.channel = bound.channel();
	}

	/**
	 * Whether the calling thread is one of the I/O threads.
	 * @return whether it is
	 */
	public boolean isEventLoopThread() {
		return this.loops.isCurrentThread();
	}

	/**
	 * Wait until every I/O thread has done what it was given before this call.
	 * @param timeout how long to wait at most
	 */
	public void awaitTurn(Duration timeout) {
		this.loops.awaitTurn(timeout);
	}

	/**
	 * The I/O threads that read and write, to measure them.
	 * @return Netty's group
	 */
	public EventLoopGroup eventLoops() {
		return this.loops.group();
	}

	/**
	 * End the I/O threads.
	 * @param timeout how long to wait for them
	 */
	public void shutdown(Duration timeout) {
		this.loops.shutdown(timeout);
	}

}
