package io.zinx.admission;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.connection.HalfClosingChannel;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.link.PendingHandshakes;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.session.DuplicateLogin;

/**
 * An acceptor with neither sockets nor threads: clients are channels whose event loops
 * turn when a test says so.
 */
final class AcceptorFixture {

	final ConnManager manager;

	final ConnectionRegistry registry;

	final ConnectionAcceptor acceptor;

	/** The connections that were admitted, in order. */
	final List<ChannelConnection> admitted = new ArrayList<>();

	/** The clients that were turned away, in order. */
	final List<String> rejected = new ArrayList<>();

	/** The channel that accepts. */
	final EmbeddedChannel listening;

	final PendingHandshakes handshakes = new PendingHandshakes("full", 3,
			() -> TimeUnit.MILLISECONDS.toNanos(this.millis));

	long millis = 1_000_000;

	/** Whether no connection can be made. */
	boolean failing;

	private final List<Client> clients = new ArrayList<>();

	AcceptorFixture(int maxConn, ConnectionSettings settings) {
		this.manager = new ConnManager(maxConn);
		this.registry = ConnectionRegistry.of(this.manager);
		Clocks clocks = new Clocks(this::wall, () -> TimeUnit.MILLISECONDS.toNanos(this.millis));
		ConnectionContext context = new ConnectionContext("full", this.registry,
				new OutboundContext(new TlvCodec(), OutboundSettings.DEFAULTS), DuplicateLogin.KICK_OLD, clocks,
				this.manager.metrics());
		this.acceptor = new ConnectionAcceptor(this.registry, this.registry.numbers(0, 1),
				new ConnectionFactory(context, new LoopLocal<>(LoopOutbox::new)), settings, this.handshakes);
		this.listening = new EmbeddedChannel(this.acceptor.listeningHandler());
		this.manager.onRejected((address, reason) -> this.rejected.add(address + " " + reason));
	}

	private Instant wall() {
		if (this.failing) {
			throw new IllegalStateException("on purpose");
		}
		return Instant.ofEpochMilli(this.millis);
	}

	/**
	 * A client that has connected and is on its way from the channel that accepts to its
	 * own event loop.
	 */
	Client arriving(String name) {
		return arriving(name, this.listening);
	}

	/**
	 * A client that has connected to another channel that accepts.
	 */
	Client arriving(String name, EmbeddedChannel listening) {
		Client client = new Client(name);
		this.clients.add(client);
		listening.writeInbound(client.channel);
		return client;
	}

	/**
	 * A client that has come to its event loop.
	 */
	Client arrived(String name) {
		Client client = arriving(name);
		client.arrive();
		return client;
	}

	void end(int index) {
		ChannelConnection connection = this.admitted.get(index);
		connection.close(CloseReason.HANDLER);
		connection.ended();
	}

	/**
	 * Let every event loop turn until none has anything left to do.
	 */
	void turn() {
		while (this.listening.hasPendingTasks() || this.clients.stream().anyMatch(Client::hasTasks)) {
			this.listening.runPendingTasks();
			this.clients.forEach((client) -> client.channel.runPendingTasks());
		}
	}

	boolean accepts() {
		this.listening.runPendingTasks();
		return this.listening.config().isAutoRead();
	}

	List<Long> ids() {
		return this.admitted.stream().map(ChannelConnection::connId).toList();
	}

	void close() {
		this.clients.forEach((client) -> client.channel.dispose());
		this.listening.releaseInbound();
		this.listening.close();
	}

	/**
	 * A client, as the server sees it.
	 */
	final class Client {

		final HalfClosingChannel channel;

		/** The things that its connection hears of, once there is one. */
		final List<String> heard = new ArrayList<>();

		Client(String name) {
			this.channel = new HalfClosingChannel(InetSocketAddress.createUnresolved(name, 1));
			this.channel.config().setAutoRead(false);
		}

		/**
		 * Come to its event loop, and be admitted or not.
		 */
		void arrive() {
			AcceptorFixture.this.acceptor.accept(this.channel, this::assemble);
			this.channel.pipeline().fireChannelActive();
		}

		private void assemble(ChannelConnection connection) {
			AcceptorFixture.this.admitted.add(connection);
			this.heard.add("assembled");
			this.channel.pipeline().addLast(new Hearing(this.heard));
		}

		/**
		 * Send, and be read if the server reads.
		 */
		Client send(String text) {
			this.channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
			return this;
		}

		Client endInput() {
			this.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
			return this;
		}

		void goAway() {
			this.channel.close();
		}

		boolean isRead() {
			return this.channel.config().isAutoRead();
		}

		private boolean hasTasks() {
			return this.channel.hasPendingTasks();
		}

	}

	/**
	 * A connection that only listens.
	 */
	private static final class Hearing extends ChannelInboundHandlerAdapter {

		private final List<String> heard;

		Hearing(List<String> heard) {
			this.heard = heard;
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			this.heard.add("active");
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			ByteBuf read = (ByteBuf) msg;
			this.heard.add("read " + read.toString(StandardCharsets.UTF_8));
			read.release();
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext ctx) {
			this.heard.add("read complete");
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			this.heard.add((event == ChannelInputShutdownEvent.INSTANCE) ? "input ended" : event.toString());
		}

	}

}
