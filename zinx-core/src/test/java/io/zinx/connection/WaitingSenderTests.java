package io.zinx.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalIoHandler;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that wait for room, beside event loops with threads of their own.
 */
class WaitingSenderTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());

	private final Executor thread = (task) -> {
		Thread own = new Thread(task);
		own.setDaemon(true);
		own.start();
	};

	private final StuckChannel channel = new StuckChannel();

	private final EventLoop loop = this.group.next();

	@AfterEach
	void endEventLoops() throws Exception {
		this.channel.close().sync();
		this.group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
		this.fixture.channel.dispose();
	}

	@Test
	void everyEventLoopOfTheGroupIsOneThatMayNotWait() throws Exception {
		Sender sender = fullFor(Duration.ofSeconds(5)).sender();
		assertThat(on(this.loop, sender::isOnEventLoop)).isTrue();
		assertThat(on(this.group.next(), sender::isOnEventLoop)).isTrue();
		assertThat(on(this.group.next(), sender::isOnEventLoop)).isTrue();
		assertThat(on(this.thread, sender::isOnEventLoop)).isFalse();
		EventLoopGroup others = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
		assertThat(on(others, sender::isOnEventLoop)).isFalse();
		others.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
	}

	@Test
	void noEventLoopOfTheGroupWaitsForRoom() throws Exception {
		ChannelConnection connection = fullFor(LONG.multipliedBy(10));
		for (int i = 0; i < 2; i++) {
			assertThat(on(this.group.next(), () -> connection.send(1, "x"))).isEqualTo(SendResult.OVERFLOW);
		}
		assertThat(connection.isOpen()).isTrue();
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).isEqualTo(2);
	}

	@Test
	void whoWaitsSendsWhenThereIsRoom() throws Exception {
		ChannelConnection connection = fullFor(LONG);
		Waiter waiter = new Waiter(connection);
		this.channel.unstick(connection);
		assertThat(waiter.result()).isEqualTo(SendResult.ACCEPTED);
		Awaitility.await().atMost(LONG).until(() -> connection.bytesQueued() == 0);
		assertThat(connection.bytesOut()).isEqualTo(4096 + 9);
	}

	@Test
	void whoWaitsInVainEndsTheConnection() throws Exception {
		ChannelConnection connection = fullFor(Duration.ofMillis(1));
		assertThat(new Waiter(connection).result()).isEqualTo(SendResult.OVERFLOW);
		assertThat(connection.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		Awaitility.await().atMost(LONG).until(() -> !this.channel.isOpen());
	}

	@Test
	void whoWaitsHearsThatAnotherHasClosedTheConnection() throws Exception {
		ChannelConnection connection = fullFor(LONG.multipliedBy(10));
		Waiter waiter = new Waiter(connection);
		waiter.awaitWaiting();
		connection.close();
		assertThat(waiter.result()).isEqualTo(SendResult.CLOSED);
		assertThat(connection.closeReason()).isEqualTo(CloseReason.HANDLER);
	}

	@Test
	void whoIsInterruptedGivesUpAndTheConnectionStays() throws Exception {
		ChannelConnection connection = fullFor(LONG.multipliedBy(10));
		Waiter waiter = new Waiter(connection);
		waiter.awaitWaiting();
		waiter.interrupt();
		assertThat(waiter.result()).isEqualTo(SendResult.OVERFLOW);
		assertThat(waiter.interruptedAfterwards).as("the interrupt is not swallowed").isTrue();
		assertThat(connection.isOpen()).isTrue();
	}

	@Test
	void anAsynchronousSendNeverWaits() throws Exception {
		ChannelConnection connection = fullFor(LONG.multipliedBy(10));
		CompletableFuture<?> refused = on(this.thread, () -> connection.sendAsync(1, "x")).toCompletableFuture();
		assertThat(refused).isCompletedExceptionally();
	}

	private ChannelConnection fullFor(Duration blockTimeout) throws Exception {
		this.loop.register(this.channel).sync();
		OutboundSettings settings = new OutboundSettings(4096, 1 << 20, 0, 0, SlowConsumerPolicy.BLOCK, blockTimeout,
				Duration.ZERO);
		ChannelConnection connection = on(this.loop,
				() -> this.fixture.connection(this.fixture.factory(settings), this.channel));
		assertThat(on(this.loop, () -> connection.sendRaw(new byte[4096]))).isEqualTo(SendResult.ACCEPTED);
		return connection;
	}

	private static <T> T on(Executor thread, Supplier<T> what) throws Exception {
		return CompletableFuture.supplyAsync(what, thread).get(30, TimeUnit.SECONDS);
	}

	/**
	 * A thread that sends one message, for which there is no room yet.
	 */
	private static final class Waiter extends Thread {

		private final ChannelConnection connection;

		private final CompletableFuture<SendResult> result = new CompletableFuture<>();

		private volatile boolean interruptedAfterwards;

		Waiter(ChannelConnection connection) {
			this.connection = connection;
			setDaemon(true);
			start();
		}

		@Override
		public void run() {
			SendResult sent = this.connection.send(1, "x");
			this.interruptedAfterwards = Thread.currentThread().isInterrupted();
			this.result.complete(sent);
		}

		void awaitWaiting() {
			Awaitility.await().atMost(LONG).until(() -> getState() == State.TIMED_WAITING);
		}

		SendResult result() throws Exception {
			return this.result.get(LONG.toSeconds(), TimeUnit.SECONDS);
		}

	}

}
