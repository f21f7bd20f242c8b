package io.zinx.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.Channel;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.session.DuplicateLogin;

/**
 * Connections with neither a server nor a manager nor an acceptor behind them. All of
 * them note in one list what is done to them.
 */
final class ConnectionFixture {

	final List<String> events = new CopyOnWriteArrayList<>();

	final AtomicLong millis = new AtomicLong(1_000_000);

	final ServerMetrics metrics = new ServerMetrics();

	final LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);

	final HalfClosingChannel channel = new HalfClosingChannel(this.events);

	final RecordingReadSide readSide = new RecordingReadSide(this.events);

	private long lastConnId = 6;

	/**
	 * The times: both are moved by hand.
	 */
	Clocks clocks() {
		return new Clocks(() -> Instant.ofEpochMilli(this.millis.get()),
				() -> TimeUnit.MILLISECONDS.toNanos(this.millis.get()));
	}

	ConnectionFactory factory() {
		return factory(OutboundSettings.DEFAULTS);
	}

	ConnectionFactory factory(OutboundSettings settings) {
		return factory(new RecordingOwner(this.events), new TlvCodec(), settings);
	}

	ConnectionFactory factory(ConnectionOwner owner, FrameCodec codec, OutboundSettings settings) {
		return new ConnectionFactory(new ConnectionContext("client", owner, new OutboundContext(codec, settings),
				DuplicateLogin.KICK_OLD, clocks(), this.metrics), this.outboxes);
	}

	/**
	 * A connection over the channel of this fixture.
	 */
	ChannelConnection connection(OutboundSettings settings) {
		return connection(factory(settings), this.channel);
	}

	ChannelConnection connection() {
		return connection(OutboundSettings.DEFAULTS);
	}

	ChannelConnection connection(ConnectionFactory factory, Channel channel) {
		ChannelConnection connection = factory.newConnection(++this.lastConnId, channel);
		connection.readSide(this.readSide);
		return connection;
	}

	/**
	 * Four times 1024 bytes may wait; reading pauses above the first 1024.
	 */
	static OutboundSettings narrow(SlowConsumerPolicy policy) {
		return new OutboundSettings(4096, 1 << 20, 1024, 512, policy, Duration.ofSeconds(5), Duration.ofSeconds(5));
	}

	/**
	 * As the defaults, with another time to flush.
	 */
	static OutboundSettings flushing(Duration timeout) {
		OutboundSettings defaults = OutboundSettings.DEFAULTS;
		return new OutboundSettings(defaults.maxBytes(), defaults.totalMaxBytes(), 0, 0, defaults.policy(),
				defaults.blockTimeout(), timeout);
	}

}
