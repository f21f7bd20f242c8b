package io.zinx.connection;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.zinx.codec.FrameCodec;
import io.zinx.message.Message;
import io.zinx.metrics.TrafficCounter;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns accepted channels into connections, as long as there is room. One for each run of
 * a server.
 */
public final class ConnectionAcceptor {

	/** The tag under which connections over {@code max-conn} are counted. */
	public static final String MAX_CONN = "max-conn";

	/** The tag under which connections to a stopping server are counted. */
	public static final String STOPPING = "server-stopping";

	private static final Logger logger = LoggerFactory.getLogger(ConnectionAcceptor.class);

	private final ConnectionContext context;

	private final MaxConnPolicy policy;

	private final ConnectionSettings settings;

	private volatile NoRoom noRoom;

	private final LogThrottle fullLines;

	private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();

	private volatile boolean stopped;

	/**
	 * Make an acceptor.
	 * @param serverName the server's name, for logs
	 * @param manager where connections are admitted and known
	 * @param codec how their messages are written
	 * @param outbound how much may wait to be written
	 * @param settings what is told about connections
	 * @param clocks the times
	 */
	public ConnectionAcceptor(String serverName, ConnManager manager, FrameCodec codec, OutboundSettings outbound,
			ConnectionSettings settings, Clocks clocks) {
		this.context = new ConnectionContext(serverName, manager, codec, outbound,
				new OutboundBudget(outbound.totalMaxBytes()), new LogThrottle(1, clocks.nanoTime()), clocks,
				settings.duplicateLogin());
		this.fullLines = new LogThrottle(1, clocks.nanoTime());
		this.settings = settings;
		this.policy = settings.maxConnPolicy();
		this.noRoom = noRoom(settings);
	}

	private NoRoom noRoom(ConnectionSettings settings) {
		if (settings.maxConnPolicy() == MaxConnPolicy.WAIT) {
			return new WaitingRoom(this.context.manager(), this::admit);
		}
		Message reject = settings.maxConnReject();
		return (reject != null) ? new Rejection(this.context.codec(), reject) : new NoRoom.Closed();
	}

	/**
	 * The handler that hears of each channel first.
	 * @return a handler for {@code ServerBootstrap.handler}
	 */
	public ChannelHandler listeningHandler() {
		return new ListeningHandler(this.noRoom);
	}

	/**
	 * Admit a channel, now or later, or see to it that it is closed; that is counted
	 * then. On its event loop, before anything is read from it.
	 * @param channel the channel
	 * @param assembly assembles the pipeline of the connection; called on the event loop
	 */
	public void accept(Channel channel, Consumer<ChannelConnection> assembly) {
		ConnManager manager = this.context.manager();
		try {
			if (this.stopped) {
				manager.rejected(channel.remoteAddress(), STOPPING);
				channel.close();
			}
			else if (this.noRoom.hasWaiting() || !manager.takeSlot()) {
				turnTo(channel, assembly);
			}
			else {
				admit(channel, assembly);
			}
		}
		finally {
			this.noRoom.arrived();
		}
	}

	private void turnTo(Channel channel, Consumer<ChannelConnection> assembly) {
		ConnManager manager = this.context.manager();
		this.fullLines.log((withheld) -> logger.warn(
				"[{}] max-conn {} is reached, policy for further clients: {} ({} more since the last such line)",
				this.context.serverName(), manager.maxConn(), this.policy, withheld));
		if (this.policy != MaxConnPolicy.WAIT) {
			manager.rejected(channel.remoteAddress(), MAX_CONN);
		}
		this.noRoom.turnTo(channel, assembly);
	}

	/**
	 * Admit a channel for which a slot was taken.
	 */
	private void admit(Channel channel, Consumer<ChannelConnection> assembly) {
		ConnManager manager = this.context.manager();
		ChannelConnection connection;
		try {
			Loop loop = this.loops.computeIfAbsent(channel.eventLoop(), this::newLoop);
			connection = new ChannelConnection(manager.nextConnId(), channel, this.context, loop.outbox(),
					loop.traffic());
		}
		catch (Throwable ex) {
			manager.giveBack();
			throw ex;
		}
		manager.add(connection);
		assembly.accept(connection);
	}

	private Loop newLoop(EventLoop loop) {
		return new Loop(new LoopOutbox(loop), this.context.manager().metrics().newTrafficCounter());
	}

	/**
	 * Whether the server is about to stop: a connection accepted in this moment must be
	 * closed by whoever accepted it.
	 * @return whether {@link #stop()} was called
	 */
	public boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Admit nobody from now on, also nobody who waits.
	 */
	public void stop() {
		this.stopped = true;
		this.noRoom.stop();
	}

	/**
	 * Admit again after {@link #stop()}; only when all that had been accepted before was
	 * turned to. The next {@link #listeningHandler()} is for the channel that accepts
	 * now.
	 */
	public void resume() {
		this.noRoom = noRoom(this.settings);
		this.stopped = false;
	}

	/**
	 * Let every connection leave in good order.
	 * @param departure says how each of them does
	 */
	public void leave(Supplier<Departure> departure) {
		forEach((connection) -> {
			Departure how = departure.get();
			connection.onLoop(() -> connection.flow().leave(how));
		});
	}

	/**
	 * Let every connection stay that is not about to close.
	 */
	public void stay() {
		forEach((connection) -> connection.onLoop(() -> connection.flow().stay()));
	}

	/**
	 * Log what a connection reads and writes.
	 * @param connId its number
	 * @param duration for how long
	 * @return whether there is a connection of that number
	 */
	public boolean trace(long connId, Duration duration) {
		if (!(this.context.manager().get(connId) instanceof ChannelConnection connection)) {
			return false;
		}
		connection.onLoop(() -> connection.flow().trace(duration));
		return true;
	}

	/**
	 * How many bytes wait to be written on all connections, but for those on which less
	 * than 16 KiB wait.
	 * @return bytes, about
	 */
	public long bytesQueued() {
		return this.context.budget().used();
	}

	/**
	 * Read nothing more from any connection.
	 */
	public void stopReading() {
		forEach((connection) -> connection.onLoop(() -> connection.flow().stopReading()));
	}

	/**
	 * Forget what was read and not handed over, on every connection that is left.
	 */
	public void discard() {
		forEach((connection) -> connection.onLoop(() -> connection.flow().discard()));
	}

	/**
	 * Whether something was read from any connection that no lane has yet.
	 * @return whether at least one
	 */
	public boolean hasBacklog() {
		return this.context.manager().connections().stream().anyMatch(ChannelConnection::isBacklogged);
	}

	/**
	 * Whether any connection's socket is open.
	 * @return whether at least one is
	 */
	public boolean hasOpenSockets() {
		return this.context.manager().connections().stream().anyMatch((connection) -> connection.channel().isOpen());
	}

	private void forEach(Consumer<ChannelConnection> action) {
		this.context.manager().connections().forEach(action);
	}

	private record Loop(LoopOutbox outbox, TrafficCounter traffic) {
	}

}
