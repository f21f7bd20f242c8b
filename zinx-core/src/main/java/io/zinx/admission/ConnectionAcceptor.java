package io.zinx.admission;

import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionNumbers;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.connection.RejectReason;
import io.zinx.connection.Slots;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.link.PendingHandshake;
import io.zinx.link.PendingHandshakes;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admission of accepted channels: applies the rules, takes a slot and creates the
 * connection. One for each run of a server.
 */
public final class ConnectionAcceptor {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionAcceptor.class);

	private final ConnectionRegistry registry;

	private final ConnectionNumbers numbers;

	private final ConnectionFactory connections;

	private final ConnectionSettings settings;

	private final PendingHandshakes handshakes;

	private final List<AdmissionRule> rules = List.of(this::refusalOfStopped);

	private final LogThrottle fullLines;

	private volatile FullServerPolicy fullPolicy;

	private volatile boolean stopped;

	/**
	 * Create an acceptor.
	 * @param registry the registry of connections and slots
	 * @param numbers the numbers of the connections
	 * @param connections makes the connections
	 * @param settings the policy for clients that find no free slot
	 * @param handshakes the clients that are admitted later; stopped together with
	 * admission
	 */
	public ConnectionAcceptor(ConnectionRegistry registry, ConnectionNumbers numbers, ConnectionFactory connections,
			ConnectionSettings settings, PendingHandshakes handshakes) {
		this.registry = registry;
		this.numbers = numbers;
		this.connections = connections;
		this.settings = settings;
		this.handshakes = handshakes;
		this.fullLines = new LogThrottle(1, connections.context().clocks().nanoTime());
		this.fullPolicy = newFullPolicy();
	}

	private FullServerPolicy newFullPolicy() {
		if (this.settings.maxConnPolicy() == MaxConnPolicy.WAIT) {
			return new SlotQueue(this.registry, this::admit);
		}
		Message reject = this.settings.maxConnReject();
		return (reject != null) ? new RejectMessage(this.connections.context().outbound().codec(), reject)
				: new FullServerPolicy.Close();
	}

	/**
	 * The handler of the listening channel, which sees each accepted channel first.
	 * @return a handler for {@code ServerBootstrap.handler}
	 */
	public ChannelHandler listeningHandler() {
		return new ListeningHandler(this.fullPolicy);
	}

	/**
	 * Begin the handshake of a channel, which is given to {@link #accept} when it has
	 * succeeded. Until then it takes no slot, and holds up no other. On its event loop,
	 * before anything is read from it.
	 * @param channel the channel
	 * @return the handshake
	 */
	public PendingHandshake beginHandshake(Channel channel) {
		this.fullPolicy.arrived(channel);
		return this.handshakes.begin(channel);
	}

	/**
	 * Admit a channel, now or later, or close it and count it as rejected. On its event
	 * loop, before anything is read from it.
	 * @param channel the channel
	 * @param assembly assembles the pipeline of the connection; called on the event loop
	 */
	public void accept(Channel channel, Consumer<ChannelConnection> assembly) {
		try {
			RejectReason refusal = refusal(channel);
			if (refusal != null) {
				Rejections.reject(this.registry, channel, refusal);
				channel.close();
			}
			else if (this.fullPolicy.hasWaiting() || !slots().take()) {
				turnAway(channel, assembly);
			}
			else {
				admit(channel, assembly);
			}
		}
		finally {
			this.fullPolicy.arrived(channel);
		}
	}

	private @Nullable RejectReason refusal(Channel channel) {
		for (AdmissionRule rule : this.rules) {
			RejectReason refusal = rule.refusal(channel);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	private @Nullable RejectReason refusalOfStopped(Channel channel) {
		return this.stopped ? RejectReason.SERVER_STOPPING : null;
	}

	private Slots slots() {
		return this.registry.slots();
	}

	private void turnAway(Channel channel, Consumer<ChannelConnection> assembly) {
		MaxConnPolicy policy = this.settings.maxConnPolicy();
		this.fullLines.log((withheld) -> logger.warn(
				"[{}] All {} slots are taken (zinx.max-conn), zinx.max-conn-policy for further clients is {} "
						+ "({} more since the last such line)",
				this.connections.context().name(), slots().max(), policy, withheld));
		if (policy != MaxConnPolicy.WAIT) {
			Rejections.reject(this.registry, channel, RejectReason.MAX_CONN);
		}
		this.fullPolicy.turnAway(channel, assembly);
	}

	/**
	 * Admit a channel for which a slot was taken.
	 */
	private void admit(Channel channel, Consumer<ChannelConnection> assembly) {
		ChannelConnection connection;
		try {
			connection = this.connections.newConnection(this.numbers.next(channel.eventLoop()), channel);
		}
		catch (Throwable ex) {
			slots().giveBack();
			throw ex;
		}
		this.registry.add(connection);
		assembly.accept(connection);
	}

	/**
	 * Return whether admission has stopped: a connection that is accepted at this moment
	 * must be closed by the thread that accepted it.
	 * @return whether {@link #stop()} was called
	 */
	public boolean isStopped() {
		return this.stopped;
	}

	/**
	 * Admit no more clients, including those that wait for a slot, and those whose
	 * handshake is under way.
	 */
	public void stop() {
		this.stopped = true;
		this.handshakes.stop();
		this.fullPolicy.stop();
	}

	/**
	 * Admit clients again after {@link #stop()}; only when every channel accepted before
	 * was admitted or rejected. The next {@link #listeningHandler()} is for the channel
	 * that accepts now.
	 */
	public void resume() {
		this.fullPolicy = newFullPolicy();
		this.handshakes.resume();
		this.stopped = false;
	}

}
