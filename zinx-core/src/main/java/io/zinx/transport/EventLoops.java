package io.zinx.transport;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of one run of a server, whose threads accept, read and write, and are
 * daemons.
 */
final class EventLoops {

	private static final boolean EPOLL_CLASSES = isPresent("io.netty.channel.epoll.Epoll");

	private final String kind;

	private final Class<? extends ServerChannel> channelType;

	private final EventLoopGroup group;

	/** The threads that were started, including those that have ended. */
	private final Collection<Thread> threads;

	private EventLoops(String kind, Class<? extends ServerChannel> channelType, EventLoopGroup group,
			Collection<Thread> threads) {
		this.kind = kind;
		this.channelType = channelType;
		this.group = group;
		this.threads = threads;
	}

	/**
	 * Start event loops.
	 * @param drivers the threads that drive the event loops; {@code null} for a dedicated
	 * thread for each. In memory each has a dedicated one, because its channels wake the
	 * thread it was started with
	 */
	static EventLoops start(TransportSettings settings, ServerThreads threads, @Nullable LoopDrivers drivers) {
		int count = settings.eventLoopCount();
		if (settings.inMemory()) {
			return start("in-memory", LocalServerChannel.class, LocalIoHandler.newFactory(), threads, count, null);
		}
		if (settings.nativeTransport() && EPOLL_CLASSES && NativeEpoll.isAvailable()) {
			return NativeEpoll.start(threads, count, drivers);
		}
		return start("nio", NioServerSocketChannel.class, NioIoHandler.newFactory(), threads, count, drivers);
	}

	private static EventLoops start(String kind, Class<? extends ServerChannel> channelType, IoHandlerFactory factory,
			ServerThreads threads, int count, @Nullable LoopDrivers drivers) {
		if (drivers != null) {
			return new EventLoops(kind, channelType, new MovableLoopGroup(count, factory, drivers), drivers.threads());
		}
		Threads own = new Threads(threads);
		return new EventLoops(kind, channelType, new MultiThreadIoEventLoopGroup(count, own, factory), own.started);
	}

	String kind() {
		return this.kind;
	}

	Class<? extends ServerChannel> channelType() {
		return this.channelType;
	}

	/**
	 * The channels of listening Unix domain sockets; not in memory.
	 */
	Class<? extends ServerChannel> unixChannelType() {
		return isEpoll() ? NativeEpoll.unixChannelType() : NioServerDomainSocketChannel.class;
	}

	/**
	 * The address of a Unix domain socket, as these channels know it.
	 */
	SocketAddress unixAddress(Path path) {
		return isEpoll() ? NativeEpoll.unixAddress(path) : UnixDomainSocketAddress.of(path);
	}

	private boolean isEpoll() {
		return this.kind.equals(NativeEpoll.KIND);
	}

	EventLoopGroup group() {
		return this.group;
	}

	/**
	 * The event loop of a listening socket. The first socket has the last event loop, the
	 * second the one before it, so that the connections, which have the event loops in
	 * turn, begin with one that has nothing to accept.
	 * @param socket the place of the socket, 0 or more
	 */
	EventLoop accepting(int socket) {
		List<EventLoop> all = new ArrayList<>();
		this.group.forEach((loop) -> all.add((EventLoop) loop));
		return all.get(Math.floorMod(-1 - socket, all.size()));
	}

	/**
	 * Set keep-alive by the kernel for accepted sockets.
	 */
	void keepAlive(ServerBootstrap bootstrap) {
		if (isEpoll()) {
			NativeEpoll.keepAlive(bootstrap);
			return;
		}
		bootstrap.childOption(ChannelOption.SO_KEEPALIVE, true);
	}

	/**
	 * The threads that were started, including those that have ended.
	 */
	Collection<Thread> threads() {
		return this.threads;
	}

	LoopCheck checkLoops() {
		return new LoopCheck(this.group);
	}

	void beginShutdown(Duration timeout) {
		this.group.shutdownGracefully(0, timeout.toMillis(), TimeUnit.MILLISECONDS);
	}

	void shutdown(Duration timeout) {
		beginShutdown(timeout);
		this.group.terminationFuture().awaitUninterruptibly(timeout.toMillis());
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
	 * The factory of the threads, which records them. Netty starts the thread of an event
	 * loop with its first task, on whichever thread submits that.
	 */
	private static final class Threads extends DefaultThreadFactory {

		private final Collection<Thread> started = new ConcurrentLinkedQueue<>();

		private final ServerThreads threads;

		Threads(ServerThreads threads) {
			super(threads.serverName() + "-io", true);
			this.threads = threads;
		}

		@Override
		protected Thread newThread(Runnable task, String name) {
			Thread thread = this.threads.fast(name, task);
			this.started.add(thread);
			return thread;
		}

	}

	/**
	 * The epoll transport; a class of its own because its library is optional.
	 */
	private static final class NativeEpoll {

		static final String KIND = "epoll";

		private static final int SOL_SOCKET = 1;

		private static final int SO_KEEPALIVE = 9;

		static boolean isAvailable() {
			return Epoll.isAvailable();
		}

		/**
		 * Set keep-alive on the listening socket: with Linux, accepted sockets inherit it
		 * without a system call for each.
		 */
		static void keepAlive(ServerBootstrap bootstrap) {
			bootstrap.option(new IntegerUnixChannelOption("SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE), 1);
		}

		static Class<? extends ServerChannel> unixChannelType() {
			return EpollServerDomainSocketChannel.class;
		}

		static SocketAddress unixAddress(Path path) {
			return new DomainSocketAddress(path.toString());
		}

		static EventLoops start(ServerThreads threads, int count, @Nullable LoopDrivers drivers) {
			IoHandlerFactory epoll = (drivers != null) ? RearmingEpollIoHandler.factory(
					EpollIoHandler.newFactory(MovableEventLoop.ROUND, DefaultSelectStrategyFactory.INSTANCE),
					MovableEventLoop.ROUND) : RearmingEpollIoHandler.factory(EpollIoHandler.newFactory(), 0);
			return EventLoops.start(KIND, EpollServerSocketChannel.class, epoll, threads, count, drivers);
		}

	}

}
