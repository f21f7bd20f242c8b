package io.zinx.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.lane.Lane;
import io.zinx.lane.Reader;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.TestConnections;
import io.zinx.testing.TestThreads;

/**
 * A dispatcher and one event loop, without a server: connections that never had a peer.
 */
final class DispatcherFixture implements AutoCloseable {

	static final String NAME = "dispatched";

	private static final int WORKERS = 4;

	private static final int WAITING = 8;

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

	private final LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);

	private final ConnManager manager;

	private final ConnectionFactory factory;

	private final Dispatcher dispatcher;

	DispatcherFixture(WorkerMode mode, RouteRegistry routes, ConnectionListener... listeners) {
		this(mode, routes, new ServerMetrics(), listeners);
	}

	DispatcherFixture(WorkerMode mode, RouteRegistry routes, ServerMetrics metrics, ConnectionListener... listeners) {
		this.manager = new ConnManager(() -> 100, metrics);
		this.dispatcher = new Dispatcher(TestThreads.named(NAME),
				new WorkerSettings(mode, WORKERS, WAITING, 10, Duration.ZERO),
				new Handlers(routes.close(), List.of(listeners), HandlerTiming.ALL), registry(), this.outboxes,
				metrics);
		this.factory = TestConnections.factory(registry(), new TlvCodec(), Clocks.SYSTEM, metrics, this.outboxes);
	}

	private ConnectionRegistry registry() {
		return ConnectionRegistry.of(this.manager);
	}

	Dispatcher dispatcher() {
		return this.dispatcher;
	}

	ServerMetrics metrics() {
		return this.manager.metrics();
	}

	/**
	 * A connection that was admitted, and whose {@code onStart} is about to run.
	 */
	Peer connect() {
		LocalChannel channel = new LocalChannel();
		this.loop.register(channel).syncUninterruptibly();
		List<Peer> made = new ArrayList<>();
		onLoop(() -> {
			registry().slots().take();
			ChannelConnection connection = this.factory
				.newConnection(registry().numbers(0, 1).next(channel.eventLoop()), channel);
			registry().add(connection);
			Lane lane = this.dispatcher.lanes().newLane(connection, channel.eventLoop(), new IdleReader());
			made.add(new Peer(connection, lane));
			lane.start();
		});
		return made.get(0);
	}

	private void onLoop(Runnable task) {
		this.loop.submit(task).syncUninterruptibly();
	}

	@Override
	public void close() {
		this.dispatcher.stop(Duration.ofSeconds(30));
		this.loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/**
	 * One who sends.
	 */
	final class Peer {

		private final ChannelConnection connection;

		private final Lane lane;

		Peer(ChannelConnection connection, Lane lane) {
			this.connection = connection;
			this.lane = lane;
		}

		ChannelConnection connection() {
			return this.connection;
		}

		/**
		 * Send empty messages in one read.
		 * @return the buffer that was read, given back by the reading side
		 */
		ByteBuf send(long... msgIds) {
			ByteBuf buffer = Unpooled.buffer(8);
			onLoop(() -> {
				int granted = this.lane.open(buffer, msgIds.length);
				for (int i = 0; i < granted; i++) {
					this.lane.frame(msgIds[i], 0, 0);
				}
				this.lane.close();
				this.lane.readComplete();
				buffer.release();
			});
			return buffer;
		}

	}

	/**
	 * A reading side that has nothing to read.
	 */
	private static final class IdleReader implements Reader {

		@Override
		public void begin() {
		}

		@Override
		public void resume() {
		}

	}

}
