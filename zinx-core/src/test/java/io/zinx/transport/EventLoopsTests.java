package io.zinx.transport;

import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.link.LinkSettings;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.LoopWork;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.testing.TestThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopsTests {

	private final EventLoops loops = EventLoops.start(
			new TransportSettings("localhost", 0, 16, 2, true, 0, 0, false, LinkSettings.DEFAULTS, null),
			TestThreads.named("test"), null);

	@AfterEach
	void stop() {
		this.loops.shutdown(Duration.ofSeconds(10));
	}

	@Test
	void runsATaskInASecondOnTheEventLoopThatAsked() throws Exception {
		List<CompletableFuture<Boolean>> ran = new ArrayList<>();
		long begin = System.nanoTime();
		for (EventExecutor loop : this.loops.group()) {
			CompletableFuture<Boolean> onTheSame = new CompletableFuture<>();
			ran.add(onTheSame);
			EventLoopTasks.executeInASecond((EventLoop) loop, () -> onTheSame.complete(loop.inEventLoop()));
		}
		assertThat(ran).hasSize(2);
		for (CompletableFuture<Boolean> onTheSame : ran) {
			assertThat(onTheSame.get(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
	}

	@Test
	void itsThreadsAreNamedAfterTheServerAndKeepNoJvmAlive() throws Exception {
		for (EventExecutor loop : this.loops.group()) {
			Thread thread = loop.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
			assertThat(thread.getName()).startsWith("test-io-");
			assertThat(thread.isDaemon()).isTrue();
			assertThat(this.loops.threads()).contains(thread);
		}
		assertThat(this.loops.threads()).hasSize(2);
	}

	@Test
	void aLoopAnswersACheckOnceItHasDoneWhatItWasGivenBefore() {
		AtomicInteger done = new AtomicInteger();
		for (int i = 0; i < 1000; i++) {
			this.loops.group().next().execute(done::incrementAndGet);
		}
		LoopCheck check = this.loops.checkLoops();
		Awaitility.await().until(() -> check.unresponsive().isEmpty());
		assertThat(done).hasValue(1000);
	}

	@Test
	void aLoopThatIsHeldUpStaysSilentUntilItGoesOn() {
		CountDownLatch release = new CountDownLatch(1);
		EventLoop loop = this.loops.group().next();
		loop.execute(() -> awaitUninterruptibly(release));
		LoopCheck check = this.loops.checkLoops();
		Awaitility.await().until(() -> check.unresponsive().size() == 1);
		assertThat(check.unresponsive()).containsExactly(loop);
		assertThat(check.isUnresponsive(loop)).isTrue();
		release.countDown();
		Awaitility.await().until(() -> check.unresponsive().isEmpty());
		assertThat(check.isUnresponsive(loop)).isFalse();
	}

	@Test
	void aLoopThatHasEndedIsNotSilent() {
		this.loops.shutdown(Duration.ofSeconds(30));
		assertThat(this.loops.checkLoops().unresponsive()).isEmpty();
	}

	@Test
	void whenItIsShutDownItsThreadsHaveEnded() throws Exception {
		Thread thread = this.loops.group().next().submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
		this.loops.shutdown(Duration.ofSeconds(30));
		assertThat(this.loops.group().isTerminated()).isTrue();
		thread.join(30_000);
		assertThat(thread.isAlive()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "true, false, epoll", "false, false, nio", "true, true, in-memory", "false, true, in-memory" })
	void saysWhatDoesTheWork(boolean nativeTransport, boolean inMemory, String kind) {
		EventLoops other = EventLoops.start(new TransportSettings("localhost", 0, 16, 3, nativeTransport, 0, 0,
				inMemory, LinkSettings.DEFAULTS, null), TestThreads.named("other"), null);
		try {
			assertThat(other.kind()).isEqualTo(kind);
			assertThat(other.group()).hasSize(3);
		}
		finally {
			other.shutdown(Duration.ofSeconds(30));
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, false, true", "false, false, true", "true, true, false" })
	void driversDriveWhatLooksAtSocketsAndNothingInMemory(boolean nativeTransport, boolean inMemory, boolean driven)
			throws Exception {
		LoopDrivers drivers = new LoopDrivers(TestThreads.named("driven"), (loop) -> new NoWork());
		EventLoops other = EventLoops.start(new TransportSettings("localhost", 0, 16, 2, nativeTransport, 0, 0,
				inMemory, LinkSettings.DEFAULTS, null), TestThreads.named("other"), drivers);
		try {
			for (EventExecutor loop : other.group()) {
				assertThat(loop instanceof MovableEventLoop).isEqualTo(driven);
				Thread thread = loop.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
				assertThat(thread.getName()).startsWith(driven ? "driven-worker-" : "other-io-");
				assertThat(other.threads()).contains(thread);
			}
			assertThat(other.checkLoops().unresponsive()).isNotNull();
		}
		finally {
			other.shutdown(Duration.ofSeconds(30));
		}
		assertThat(other.group().isTerminated()).isTrue();
		Awaitility.await().until(() -> other.threads().stream().noneMatch(Thread::isAlive));
	}

	/**
	 * The memory of a connection is still in the processor's cache when its messages are
	 * handled, if few others were read in between.
	 */
	@Test
	void aDrivenEpollLoopReadsSixteenSocketsAtATimeAndForgetsNone() throws Exception {
		int clients = 50;
		LoopDrivers drivers = new LoopDrivers(TestThreads.named("driven"), (loop) -> new NoWork());
		ReadsOfTurns reads = new ReadsOfTurns(clients);
		CountDownLatch release = new CountDownLatch(1);
		Transport transport = Transport.listen(
				new TransportSettings("localhost", 0, 64, 1, true, 0, 0, false, LinkSettings.DEFAULTS, null),
				TestThreads.named("other"), drivers, WriteBufferWaterMark.DEFAULT, new ChannelInboundHandlerAdapter(),
				reads);
		List<Socket> sockets = new ArrayList<>();
		try {
			for (int i = 0; i < clients; i++) {
				Socket socket = new Socket();
				sockets.add(socket);
				socket.connect(transport.localAddress());
			}
			assertThat(reads.reading.await(30, TimeUnit.SECONDS)).isTrue();
			transport.eventLoops().next().execute(() -> awaitUninterruptibly(release));
			for (Socket socket : sockets) {
				socket.getOutputStream().write(1);
			}
			release.countDown();
			assertThat(reads.all.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(transport.kind()).isEqualTo("epoll");
			assertThat(reads.most).isBetween(2, MovableEventLoop.ROUND);
		}
		finally {
			release.countDown();
			for (Socket socket : sockets) {
				socket.close();
			}
			transport.stopAccepting().get(30, TimeUnit.SECONDS);
			transport.shutdown(Duration.ofSeconds(10));
		}
	}

	/**
	 * Counts the channels that one turn of an event loop reads, whose tasks come behind
	 * them.
	 */
	@ChannelHandler.Sharable
	private static final class ReadsOfTurns extends ChannelInboundHandlerAdapter {

		private final CountDownLatch reading;

		private final CountDownLatch all;

		private int inThisTurn;

		/** Read by the test behind the last count of {@link #all}. */
		private int most;

		ReadsOfTurns(int clients) {
			this.reading = new CountDownLatch(clients);
			this.all = new CountDownLatch(clients);
		}

		@Override
		public void channelActive(ChannelHandlerContext ctx) {
			ctx.read();
			this.reading.countDown();
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object message) {
			ReferenceCountUtil.release(message);
			if (this.inThisTurn == 0) {
				ctx.executor().execute(() -> this.inThisTurn = 0);
			}
			this.inThisTurn++;
			this.most = Math.max(this.most, this.inThisTurn);
			this.all.countDown();
		}

	}

	/**
	 * Nothing to do beside the sockets.
	 */
	private static final class NoWork implements LoopWork {

		@Override
		public boolean isWaiting() {
			return false;
		}

		@Override
		public void run() {
		}

		@Override
		public void collect() {
		}

		@Override
		public void look(boolean idle) {
		}

	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
