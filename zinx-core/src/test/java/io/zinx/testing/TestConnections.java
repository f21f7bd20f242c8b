package io.zinx.testing;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.Channel;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.admission.ConnectionSettings;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionOwner;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.link.PendingHandshakes;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;

/**
 * Connections for tests that need no server.
 */
public final class TestConnections {

	private TestConnections() {
	}

	/**
	 * An acceptor with default settings.
	 * @param manager where its connections are known
	 * @param codec the wire format
	 * @param clocks the times
	 * @return the acceptor
	 */
	public static ConnectionAcceptor acceptor(ConnManager manager, FrameCodec codec, Clocks clocks) {
		ConnectionRegistry registry = ConnectionRegistry.of(manager);
		ConnectionFactory factory = factory(registry, codec, clocks, manager.metrics(),
				new LoopLocal<>(LoopOutbox::new));
		return new ConnectionAcceptor(registry, registry.numbers(0, 1), factory, ConnectionSettings.DEFAULTS,
				new PendingHandshakes("test", 1000, System::nanoTime));
	}

	/**
	 * A factory of connections with default settings.
	 * @param owner knows the connections
	 * @param codec the wire format
	 * @param clocks the times
	 * @param metrics where messages are counted
	 * @param outboxes the outbox of each event loop
	 * @return the factory
	 */
	public static ConnectionFactory factory(ConnectionOwner owner, FrameCodec codec, Clocks clocks,
			ServerMetrics metrics, LoopLocal<LoopOutbox> outboxes) {
		OutboundContext outbound = new OutboundContext(codec, OutboundSettings.DEFAULTS);
		return new ConnectionFactory(new ConnectionContext("test", owner, outbound,
				ConnectionSettings.DEFAULTS.duplicateLogin(), clocks, metrics), outboxes);
	}

	/**
	 * Admit a channel to a server of its own, whose wire format is TLV.
	 * @param channel the channel
	 * @return its connection, with neither a lane nor a reading side
	 */
	public static ChannelConnection accept(Channel channel) {
		return accept(channel, new TlvCodec(), Clocks.SYSTEM);
	}

	/**
	 * Admit a channel to a server of its own.
	 * @param channel the channel
	 * @param codec the wire format
	 * @param clocks the times
	 * @return its connection, with neither a lane nor a reading side
	 */
	public static ChannelConnection accept(Channel channel, FrameCodec codec, Clocks clocks) {
		return accept(acceptor(new ConnManager(1), codec, clocks), channel);
	}

	/**
	 * Admit a channel.
	 * @param acceptor admits it
	 * @param channel the channel
	 * @return its connection, with neither a lane nor a reading side
	 */
	public static ChannelConnection accept(ConnectionAcceptor acceptor, Channel channel) {
		List<ChannelConnection> admitted = new ArrayList<>();
		acceptor.accept(channel, admitted::add);
		return admitted.get(0);
	}

}
