package io.zinx.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.ServerThreads;
import org.jspecify.annotations.Nullable;

/**
 * The listening sockets, or their counterpart within this JVM, and the event loops. One
 * for each run of a server.
 */
public final class Transport {

	private static final long LISTEN_MILLIS = 2000;

	private static final long START_MILLIS = Duration.ofHours(1).toMillis();

	private final EventLoops loops;

	/** The sockets that accept clients, the port first. */
	private final List<ListeningSocket> sockets;

	private final TransportSettings settings;

	private Transport(TransportSettings settings, EventLoops loops, List<ListeningSocket> sockets) {
		this.settings = settings;
		this.loops = loops;
		this.sockets = sockets;
	}

	/**
	 * Start the event loops and listen.
	 * @param settings the addresses, sockets and event loops
	 * @param threads the factory of threads
	 * @param drivers the threads that drive the event loops; {@code null} for a dedicated
	 * thread for each
	 * @param waterMark Netty's water marks of bytes to write
	 * @param listener the handler of the listening channels, which sees each accepted
	 * channel first; sharable if there may be two
	 * @param children assembles the pipeline of each accepted channel, which begins with
	 * reading switched off; sharable as well
	 * @return the transport
	 * @throws ServerBindException if it cannot listen; nothing is left behind then
	 */
	public static Transport listen(TransportSettings settings, ServerThreads threads, @Nullable LoopDrivers drivers,
			WriteBufferWaterMark waterMark, ChannelHandler listener, ChannelHandler children) {
		EventLoops loops = EventLoops.start(settings, threads, drivers);
		ServerBootstrap bootstrap = new ServerBootstrap().childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark)
			.childHandler(children);
		Transport transport = new Transport(settings, loops, ListeningSockets.of(settings, loops, bootstrap));
		try {
			transport.sockets.forEach(ListeningSocket::check);
			transport.open(listener, START_MILLIS);
			return transport;
		}
		catch (ServerBindException ex) {
			loops.shutdown(Duration.ofSeconds(2));
			throw ex;
		}
	}

	/** Open all sockets, or none. */
	private void open(ChannelHandler listener, long millis) {
		List<ListeningSocket> opened = new ArrayList<>();
		try {
			for (ListeningSocket socket : this.sockets) {
				socket.open(listener, millis);
				opened.add(socket);
			}
		}
		catch (ServerBindException ex) {
			opened.forEach(ListeningSocket::close);
			throw ex;
		}
	}

	/**
	 * The address it listens on.
	 * @return the address with the real port, also when port 0 was configured; a
	 * {@link java.net.UnixDomainSocketAddress} if there is no port; a
	 * {@link io.netty.channel.local.LocalAddress} when in memory
	 */
	public SocketAddress localAddress() {
		return this.sockets.get(0).localAddress();
	}

	/**
	 * The port it listens on for all connections.
	 * @return the real port; -1 if there is none
	 */
	public int port() {
		return this.settings.hasPort() ? port(0) : -1;
	}

	/**
	 * The port it listens on for WebSocket connections only.
	 * @return the real port; -1 if there is none
	 */
	public int webSocketPort() {
		return this.settings.hasWebSocketPort() ? port(this.settings.hasPort() ? 1 : 0) : -1;
	}

	private int port(int index) {
		return ((InetSocketAddress) this.sockets.get(index).localAddress()).getPort();
	}

	/**
	 * The addresses it listens on.
	 * @return that of {@link #localAddress()}, then that of a Unix domain socket if there
	 * is one beside it
	 */
	public List<SocketAddress> localAddresses() {
		return this.sockets.stream().map(ListeningSocket::localAddress).toList();
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
	 * @return completes when the system refuses clients and the addresses are free
	 */
	public CompletableFuture<@Nullable Void> stopAccepting() {
		return CompletableFuture
			.allOf(this.sockets.stream().map(ListeningSocket::close).toArray(CompletableFuture[]::new));
	}

	/**
	 * Return whether {@link #stopAccepting} has taken effect.
	 * @param excepted the event loops that are not waited for
	 * @return whether the system refuses clients, except where such an event loop accepts
	 */
	public boolean refusesClients(Predicate<EventLoop> excepted) {
		return this.sockets.stream().allMatch((socket) -> socket.isClosed(excepted));
	}

	/**
	 * The event loops that accept connections, or did last.
	 * @return one for each address
	 */
	public List<EventLoop> accepting() {
		return this.sockets.stream().map(ListeningSocket::eventLoop).toList();
	}

	/**
	 * Listen again on the addresses of before {@link #stopAccepting}. Returns soon, also
	 * if an accepting event loop is blocked.
	 * @param listener the handler of the listening channels, as in {@link #listen}
	 * @throws ServerBindException if another process listens there now, or an accepting
	 * event loop is blocked; it listens nowhere then
	 */
	public void listenAgain(ChannelHandler listener) {
		open(listener, LISTEN_MILLIS);
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
