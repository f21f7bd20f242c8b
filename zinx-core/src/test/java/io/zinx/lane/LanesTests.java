package io.zinx.lane;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.routing.Execution;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.testing.TestConnections;
import io.zinx.testing.TestThreads;
import io.zinx.worker.LaneThreads;
import io.zinx.worker.ThreadSource;
import io.zinx.worker.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lanes of a server whose event loop, workers and threads are real.
 */
class LanesTests {

	private static final int BOUND = 8;

	private final EventLoop eventLoop = new DefaultEventLoop((ThreadFactory) (task) -> new Thread(task, "test-io"));

	private final LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);

	private Workers workers = new Workers(TestThreads.named("test"), 2, BOUND, this.outboxes);

	private LaneThreads threads = new LaneThreads("test", 2, ThreadSource.of(TestThreads.named("test"), 4));

	private final ConnManager manager = new ConnManager(10);

	private final ConnectionFactory connections = TestConnections.factory(ConnectionRegistry.of(this.manager),
			new TlvCodec(), Clocks.SYSTEM, this.manager.metrics(), this.outboxes);

	private final BlockingQueue<String> handledBy = new LinkedBlockingQueue<>();

	private final Router router = (request) -> this.handledBy.add(Thread.currentThread().getName());

	@AfterEach
	void stop() {
		this.workers.stop();
		this.threads.stop();
		this.eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@ParameterizedTest
	@CsvSource({ "EVENT_LOOP, DEFAULT, test-io", "EVENT_LOOP, WORKER, test-worker-",
			"EVENT_LOOP, VIRTUAL_THREAD, test-conn-", "WORKER, DEFAULT, test-worker-", "WORKER, EVENT_LOOP, test-io",
			"WORKER, WORKER, test-worker-", "VIRTUAL_THREAD, DEFAULT, test-conn-",
			"VIRTUAL_THREAD, EVENT_LOOP, test-io", "VIRTUAL_THREAD, WORKER, test-worker-" })
	void messagesAreHandledWhereTheirRouterSaysOrElseTheMode(Execution mode, Execution execution, String thread)
			throws InterruptedException {
		if (mode != Execution.WORKER && execution != Execution.WORKER) {
			this.workers = new Workers(TestThreads.named("test"), 0, BOUND, this.outboxes);
			this.threads = new LaneThreads("test", 0, ThreadSource.of(TestThreads.named("test"), 4));
		}
		Lanes lanes = lanes(mode, execution);
		this.eventLoop.submit(() -> receive(newLane(lanes, 1), 1)).syncUninterruptibly();
		assertThat(this.handledBy.poll(30, TimeUnit.SECONDS)).startsWith(thread);
	}

	@Test
	void theEventLoopAloneIsEnoughOnlyIfNoRouterWantsMore() {
		assertThat(lanes(Execution.EVENT_LOOP, Execution.DEFAULT).onLoopsOnly()).isTrue();
		assertThat(lanes(Execution.EVENT_LOOP, Execution.EVENT_LOOP).onLoopsOnly()).isTrue();
		assertThat(lanes(Execution.EVENT_LOOP, Execution.WORKER).onLoopsOnly()).isFalse();
		assertThat(lanes(Execution.WORKER, Execution.EVENT_LOOP).onLoopsOnly()).isFalse();
		assertThat(lanes(Execution.WORKER, Execution.DEFAULT).onLoopsOnly()).isFalse();
	}

	@Test
	void theModeAndNoWishAreNoExecutionsBeside() {
		RouteRegistry routes = new RouteRegistry();
		routes.add(1, this.router, "default");
		routes.add(2, this.router, "worker", Execution.WORKER);
		routes.range(3, 9, this.router, "range", Execution.EVENT_LOOP);
		routes.fallback(this.router, "fallback", Execution.VIRTUAL_THREAD);
		assertThat(Lanes.executionsBeside(Execution.WORKER, routes.snapshot()))
			.isEqualTo(Set.of(Execution.EVENT_LOOP, Execution.VIRTUAL_THREAD));
		assertThat(Lanes.executionsBeside(Execution.WORKER, new RouteRegistry().snapshot())).isEmpty();
	}

	/**
	 * The workers have ended, so what is taken waits.
	 */
	@Test
	void connectionsOfOneWorkerShareItsBoundAndThoseOfAnotherDoNot() {
		this.workers.stop();
		Lanes lanes = lanes(Execution.WORKER, Execution.DEFAULT);
		assertThat(taken(lanes, 1, BOUND - 1)).isEqualTo(BOUND - 1);
		assertThat(taken(lanes, 3, BOUND)).as("the same worker").isEqualTo(1);
		assertThat(taken(lanes, 2, BOUND)).as("another worker").isEqualTo(BOUND);
		assertThat(this.workers.all()).extracting((worker) -> worker.bound().waiting()).containsExactly(BOUND, BOUND);
	}

	@ParameterizedTest
	@CsvSource({ "WORKER, EVENT_LOOP", "EVENT_LOOP, WORKER" })
	void whereMessagesMayGoElsewhereEachConnectionHasABoundOfItsOwn(Execution mode, Execution execution) {
		this.workers.stop();
		Lanes lanes = lanes(mode, execution);
		assertThat(taken(lanes, 1, BOUND + 1)).isEqualTo(BOUND);
		assertThat(taken(lanes, 3, BOUND + 1)).isEqualTo(BOUND);
		assertThat(this.workers.all()).extracting((worker) -> worker.bound().waiting()).containsOnly(0);
	}

	@Test
	void theRunnersThatAnEventLoopHasTouchedAreWokenOnceAtTheEndOfItsTurn() {
		try (LaneFixture fixture = new LaneFixture()) {
			assertThat(fixture.loop.runner().index()).isEqualTo(2);
			fixture.loop.turn().touched(fixture.home);
			fixture.loop.turn().touched(fixture.home);
			assertThat(fixture.home.wakes()).isZero();
			fixture.runLoop();
			assertThat(fixture.home.wakes()).isEqualTo(1);
			assertThat(fixture.threads.wakes()).isZero();
			fixture.loop.turn().touched(fixture.threads);
			fixture.runLoop();
			assertThat(List.of(fixture.home.wakes(), fixture.threads.wakes())).containsOnly(1);
		}
	}

	@Test
	void theConnectionsOfAWorkerShareOneBindingOnAnEventLoop() {
		try (LaneFixture fixture = new LaneFixture()) {
			LaneBinding binding = fixture.loop.binding(this.workers.all().get(0));
			assertThat(binding).isSameAs(fixture.loop.binding(this.workers.all().get(0)));
			assertThat(binding.home()).isSameAs(this.workers.all().get(0));
			assertThat(binding.bound()).isSameAs(this.workers.all().get(0).bound());
			assertThat(fixture.loop.binding(this.workers.all().get(1)).home()).isSameAs(this.workers.all().get(1));
		}
	}

	private Lanes lanes(Execution mode, Execution execution) {
		RouteRegistry routes = new RouteRegistry();
		routes.add(1, this.router, "router", execution);
		HandlerInvoker handling = new HandlerInvoker(routes.close(), List.of(), new ServerMetrics(), null, BOUND,
				Duration.ZERO);
		return new Lanes(handling, mode, this.workers, this.threads, this.outboxes, HandlerTiming.OFF);
	}

	/**
	 * Make a lane. On the event loop.
	 */
	private Lane newLane(Lanes lanes, long connId) {
		LocalChannel channel = new LocalChannel();
		this.eventLoop.register(channel);
		ChannelConnection connection = this.connections.newConnection(connId, channel);
		Lane lane = lanes.newLane(connection, this.eventLoop, new NoReader());
		assertThat(connection.lane()).isSameAs(lane);
		return lane;
	}

	private static int receive(Lane lane, int messages) {
		ByteBuf buffer = Unpooled.copiedBuffer("x", StandardCharsets.UTF_8);
		try {
			int granted = lane.open(buffer, messages);
			for (int i = 0; i < granted; i++) {
				lane.frame(1, 0, 1);
			}
			lane.close();
			return granted;
		}
		finally {
			buffer.release();
		}
	}

	private int taken(Lanes lanes, long connId, int messages) {
		return this.eventLoop.submit(() -> receive(newLane(lanes, connId), messages)).syncUninterruptibly().getNow();
	}

	private static final class NoReader implements Reader {

		@Override
		public void begin() {
		}

		@Override
		public void resume() {
		}

	}

}
