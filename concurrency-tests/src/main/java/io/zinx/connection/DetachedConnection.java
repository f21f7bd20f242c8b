package io.zinx.connection;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.session.BindResult;
import io.zinx.session.DuplicateLogin;
import io.zinx.session.KeyRegistry;

/**
 * A connection without a socket, and its owner, which counts its calls.
 */
final class DetachedConnection implements ConnectionOwner {

	final AtomicInteger released = new AtomicInteger();

	final AtomicInteger removed = new AtomicInteger();

	final EmbeddedChannel channel = new EmbeddedChannel();

	final ChannelConnection connection;

	private final KeyRegistry<ChannelConnection> keys = new KeyRegistry<>();

	DetachedConnection() {
		OutboundContext outbound = new OutboundContext(new TlvCodec(), OutboundSettings.DEFAULTS);
		ConnectionContext context = new ConnectionContext("loose", this, outbound, DuplicateLogin.KICK_OLD,
				Clocks.SYSTEM, new ServerMetrics());
		this.connection = new ConnectionFactory(context, new LoopLocal<>(LoopOutbox::new)).newConnection(1,
				this.channel);
	}

	@Override
	public BindResult bind(ChannelConnection connection, String key, DuplicateLogin policy) {
		return this.keys.bind(connection, key, policy);
	}

	@Override
	public boolean unbind(ChannelConnection connection, String key) {
		return this.keys.unbind(connection, key);
	}

	@Override
	public void release(ChannelConnection connection) {
		this.released.incrementAndGet();
		this.keys.release(connection);
	}

	@Override
	public boolean remove(ChannelConnection connection, CloseReason reason) {
		return this.removed.incrementAndGet() == 1;
	}

}
