package io.zinx.bench.jmh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.dispatch.Dispatcher;
import io.zinx.dispatch.Handlers;
import io.zinx.dispatch.WorkerMode;
import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.ServerThreads;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.link.PendingHandshakes;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.pipeline.ZinxPipeline;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.server.ServerConfig;
import io.zinx.session.DuplicateLogin;

/**
 * All stages of a server but the sockets: channels within the JVM, whose clients run on
 * the server's one event loop. Message 1 is echoed, unless a router is given.
 */
final class LocalServer {

	private static final String NAME = "local";

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_CONN = 1 << 20;

	private static final int MAX_PACKET_SIZE = 1 << 20;

	private final ConnManager connManager = new ConnManager(MAX_CONN);

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

	private final LocalAddress address = new LocalAddress(LocalServer.class);

	private final Dispatcher dispatcher;

	private final List<Channel> clients = new ArrayList<>();

	LocalServer(WorkerMode mode, int workers) throws InterruptedException {
		this(mode, workers, (request) -> request.reply(1, request.body()));
	}

	LocalServer(WorkerMode mode, int workers, Router router) throws InterruptedException {
		RouteRegistry routes = new RouteRegistry().add(1, router);
		ServerConfig config = ServerConfig.builder().workerMode(mode).workerPoolSize(workers).build();
		ConnectionRegistry registry = ConnectionRegistry.of(this.connManager);
		ServerMetrics metrics = this.connManager.metrics();
		LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);
		this.dispatcher = new Dispatcher(new ServerThreads(NAME, config.classLoader()), config.workers(),
				new Handlers(routes.close(), List.of(), HandlerTiming.OFF), registry, outboxes, metrics);
		ConnectionContext context = new ConnectionContext(NAME, registry,
				new OutboundContext(config.codec(), config.outbound()), DuplicateLogin.KICK_OLD, Clocks.SYSTEM,
				metrics);
		ConnectionAcceptor acceptor = new ConnectionAcceptor(registry, registry.numbers(0, 1),
				new ConnectionFactory(context, outboxes), config.connections(),
				new PendingHandshakes(NAME, 1, System::nanoTime));
		ZinxPipeline pipeline = new ZinxPipeline(this.dispatcher.lanes(), config.codec(), MAX_PACKET_SIZE,
				new Heartbeats(NAME, config.heartbeat(), config.idle(), ReceiveTimeouts.OFF, System::nanoTime));
		new ServerBootstrap().group(this.loop)
			.channel(LocalServerChannel.class)
			.childOption(ChannelOption.AUTO_READ, false)
			.handler(acceptor.listeningHandler())
			.childHandler(pipeline.initializer(acceptor))
			.bind(this.address)
			.sync();
	}

	/**
	 * Connect a client.
	 * @param handler reads what it is sent
	 * @return its side
	 */
	Channel connect(ChannelHandler handler) throws InterruptedException {
		Channel client = new Bootstrap().group(this.loop)
			.channel(LocalChannel.class)
			.handler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(handler);
				}
			})
			.connect(this.address)
			.sync()
			.channel();
		this.clients.add(client);
		return client;
	}

	ConnManager connManager() {
		return this.connManager;
	}

	void stop() throws InterruptedException {
		for (Channel client : this.clients) {
			client.close().sync();
		}
		this.dispatcher.stop(TIMEOUT);
		this.loop.shutdownGracefully(0, TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).sync();
	}

}
