package io.zinx.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.zinx.eventloop.CurrentLoop;

/**
 * The I/O threads of one run of a server. They accept, read and write, and are daemons.
 */
final class EventLoops {

	private static final boolean EPOLL_CLASSES = isPresent("io.netty.channel.epoll.Epoll");

	private final String kind;

	private final Class<? extends ServerChannel> channelType;

	private final EventLoopGroup group;

	private EventLoops(String kind, Class<? extends ServerChannel> channelType, IoHandlerFactory factory,
			String serverName, int count) {
		this.kind = kind;
		this.channelType = channelType;
		this.group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(serverName + "-io", true),
				factory);
	}

	static EventLoops start(TransportSettings settings, String serverName) {
		int count = settings.eventLoopCount();
		if (settings.inMemory()) {
			return new EventLoops("in-memory", LocalServerChannel.class, LocalIoHandler.newFactory(), serverName,
					count);
		}
		if (settings.nativeTransport() && EPOLL_CLASSES && NativeEpoll.isAvailable()) {
			return NativeEpoll.start(serverName, count);
		}
		return new EventLoops("nio", NioServerSocketChannel.class, NioIoHandler.newFactory(), serverName, count);
	}

	String kind() {
		return this.kind;
	}

	Class<? extends ServerChannel> channelType() {
		return this.channelType;
	}

	EventLoopGroup group() {
		return this.group;
	}

	/**
	 * See that the kernel looks after the peers of accepted sockets.
	 */
	void keepAlive(ServerBootstrap bootstrap) {
		if (this.kind.equals(NativeEpoll.KIND)) {
			NativeEpoll.keepAlive(bootstrap);
			return;
		}
		bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
	}

	boolean isCurrentThread() {
		return CurrentLoop.of(this.group) != null;
	}

	void awaitTurn(Duration timeout) {
		List<Future<?>> turns = new ArrayList<>();
		for (EventExecutor loop : this.group) {
			turns.add(loop.submit(() -> {
			}));
		}
		turns.forEach((turn) -> turn.awaitUninterruptibly(timeout.toMillis()));
	}

	void shutdown(Duration timeout) {
		long millis = timeout.toMillis();
		this.group.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
		this.group.terminationFuture().awaitUninterruptibly(millis);
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, EventLoops.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Apart, because its classes are optional.
	 */
	private static final class NativeEpoll {

		static final String KIND = "epoll";

		private static final int SOL_SOCKET = 1;

		private static final int SO_KEEPALIVE = 9;

		static boolean isAvailable() {
			return Epoll.isAvailable();
		}

		/**
		 * On Linux a socket that is accepted has this from the one that listens, without
		 * a system call for each.
		 */
		static void keepAlive(ServerBootstrap bootstrap) {
			bootstrap.option(new IntegerUnixChannelOption("SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE), 1);
		}

		static EventLoops start(String serverName, int count) {
			return new EventLoops(KIND, EpollServerSocketChannel.class,
					RearmingEpollIoHandler.factory(EpollIoHandler.newFactory()), serverName, count);
		}

	}

}
