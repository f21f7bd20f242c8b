package io.zinx.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.zinx.testing.TestThreads;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import io.zinx.link.LinkSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where a transport listens, when it does not, and what sockets it makes.
 */
class ListeningTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final BlockingQueue<Channel> listening = new LinkedBlockingQueue<>();

	private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

	private @Nullable Transport transport;

	private Transport listen(TransportSettings settings) {
		this.transport = Transport.listen(settings, TestThreads.named("listening"), null,
				new WriteBufferWaterMark(1000, 3000), listener(), new ChannelInitializer<Channel>() {
					@Override
					protected void initChannel(Channel channel) {
						ListeningTests.this.accepted.add(channel);
					}
				});
		return this.transport;
	}

	private ChannelHandler listener() {
		return new ChannelInboundHandlerAdapter() {
			@Override
			public void channelActive(ChannelHandlerContext ctx) {
				ListeningTests.this.listening.add(ctx.channel());
			}
		};
	}

	private static TransportSettings settings(boolean nativeTransport, int port, int buffers) {
		return new TransportSettings("127.0.0.1", port, 77, 1, nativeTransport, buffers, 2 * buffers, false,
				LinkSettings.DEFAULTS, null);
	}

	private static Channel next(BlockingQueue<Channel> channels) throws InterruptedException {
		Channel channel = channels.poll(30, TimeUnit.SECONDS);
		assertThat(channel).isNotNull();
		return channel;
	}

	private static Socket connect(Transport transport) throws IOException {
		InetSocketAddress address = (InetSocketAddress) transport.localAddress();
		return new Socket(address.getAddress(), address.getPort());
	}

	@AfterEach
	void end() throws Exception {
		if (this.transport != null) {
			stopAccepting(this.transport);
			this.transport.shutdown(LONG);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void listensOnTheFirstPortAgainAfterItHasStopped(boolean nativeTransport) throws Exception {
		Transport again = listen(settings(nativeTransport, 0, 0));
		Channel first = next(this.listening);
		try (Socket before = connect(again)) {
			Channel stays = next(this.accepted);
			stopAccepting(again);
			assertThat(first.isOpen()).isFalse();
			assertRefuses(again);
			assertThat(stays.isOpen()).isTrue();
			again.listenAgain(listener());
			assertThat(next(this.listening).localAddress()).isEqualTo(again.localAddress());
			try (Socket after = connect(again)) {
				assertThat(next(this.accepted).remoteAddress()).isEqualTo(after.getLocalSocketAddress());
				assertThat(before.isConnected()).isTrue();
			}
			stopAccepting(again);
			assertRefuses(again);
		}
	}

	private static void stopAccepting(Transport transport) throws Exception {
		transport.stopAccepting().get(30, TimeUnit.SECONDS);
	}

	private static void awaitRelease(CountDownLatch release) {
		while (release.getCount() > 0) {
			LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
		}
	}

	private static void assertRefuses(Transport transport) {
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(transport).close());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theSystemRefusesClientsAsSoonAsItHasStopped(boolean nativeTransport) throws Exception {
		Transport again = listen(settings(nativeTransport, 0, 0));
		for (int i = 0; i < 50; i++) {
			stopAccepting(again);
			assertRefuses(again);
			again.listenAgain(listener());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aBlockedEventLoopHoldsUpNobodyWhoListensAgain(boolean nativeTransport) throws Exception {
		Transport again = listen(settings(nativeTransport, 0, 0));
		CountDownLatch release = new CountDownLatch(1);
		stopAccepting(again);
		again.eventLoops().next().execute(() -> awaitRelease(release));
		assertThatExceptionOfType(ServerBindException.class).isThrownBy(() -> again.listenAgain(listener()))
			.withMessageEndingWith("the event loop that accepts connections is blocked");
		release.countDown();
		Awaitility.await().ignoreExceptions().untilAsserted(() -> {
			again.listenAgain(listener());
			connect(again).close();
		});
	}

	/**
	 * With NIO the port is in use until the event loop has polled its sockets once more.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoListensAgainWaitsForTheOldSocketToBeGone(boolean nativeTransport) throws Exception {
		Transport again = listen(settings(nativeTransport, 0, 0));
		CountDownLatch release = new CountDownLatch(1);
		again.eventLoops().next().execute(() -> awaitRelease(release));
		again.stopAccepting();
		FutureTask<Boolean> listens = new FutureTask<>(() -> again.listenAgain(listener()), true);
		Thread thread = new Thread(listens);
		thread.start();
		Awaitility.await()
			.until(() -> thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
		release.countDown();
		assertThat(listens.get(30, TimeUnit.SECONDS)).isTrue();
		connect(again).close();
		next(this.accepted);
	}

	@Test
	void whoListensAgainDoesNotWaitForEverForAnEventLoopThatIsBlocked() throws Exception {
		Transport again = listen(settings(false, 0, 0));
		CountDownLatch release = new CountDownLatch(1);
		again.eventLoops().next().execute(() -> awaitRelease(release));
		again.stopAccepting();
		assertThatExceptionOfType(ServerBindException.class).isThrownBy(() -> again.listenAgain(listener()))
			.withMessageEndingWith("the event loop that accepts connections is blocked");
		release.countDown();
		Awaitility.await().ignoreExceptions().untilAsserted(() -> again.listenAgain(listener()));
		connect(again).close();
		next(this.accepted);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void saysThatSomebodyElseHasTakenItsPortAndMayTryLater(boolean nativeTransport) throws Exception {
		Transport again = listen(settings(nativeTransport, 0, 0));
		int port = ((InetSocketAddress) again.localAddress()).getPort();
		stopAccepting(again);
		assertRefuses(again);
		try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(other.isBound()).isTrue();
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(() -> again.listenAgain(listener()))
				.withMessage("Cannot listen on 127.0.0.1:" + port + ": the port is in use");
		}
		again.listenAgain(listener());
		connect(again).close();
		next(this.accepted);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leavesNothingBehindWhenItCannotListen(boolean nativeTransport) throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(ServerBindException.class)
				.isThrownBy(() -> listen(settings(nativeTransport, other.getLocalPort(), 0)))
				.satisfies((ex) -> assertThat(ex.port()).isEqualTo(other.getLocalPort()));
		}
		Awaitility.await()
			.atMost(LONG)
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("listening-io")));
		assertThat(this.listening).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void socketsAreAsTheSettingsSay(boolean nativeTransport) throws Exception {
		Transport sized = listen(settings(nativeTransport, 0, 20_000));
		Channel server = next(this.listening);
		assertThat(server.config().getOption(ChannelOption.SO_BACKLOG)).isEqualTo(77);
		assertThat(server.config().getOption(ChannelOption.SO_REUSEADDR)).isTrue();
		try (Socket client = connect(sized)) {
			Channel channel = next(this.accepted);
			assertThat(client.isConnected()).isTrue();
			assertThat(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE)).isTrue();
			assertThat(channel.config().isAutoRead()).isFalse();
			assertThat(channel.config().getWriteBufferHighWaterMark()).isEqualTo(3000);
			assertThat(channel.config().getWriteBufferLowWaterMark()).isEqualTo(1000);
			// Linux doubles what it is asked for.
			assertThat(channel.config().getOption(ChannelOption.SO_RCVBUF)).isBetween(20_000, 40_000);
			assertThat(channel.config().getOption(ChannelOption.SO_SNDBUF)).isBetween(40_000, 80_000);
		}
	}

	@Test
	void inMemoryItListensForClientsOfThisJvmOnly() throws Exception {
		Transport memory = listen(
				new TransportSettings("192.0.2.1", 80, 1, 1, true, 0, 0, true, LinkSettings.DEFAULTS, null));
		assertThat(memory.kind()).isEqualTo("in-memory");
		assertThat(memory.localAddress()).isInstanceOf(LocalAddress.class);
		assertThat(connectInMemory(memory)).isTrue();
		Channel channel = next(this.accepted);
		assertThat(channel.config().isAutoRead()).isFalse();
		stopAccepting(memory);
		assertThat(connectInMemory(memory)).isFalse();
		memory.listenAgain(listener());
		assertThat(connectInMemory(memory)).isTrue();
		next(this.accepted);
	}

	private static boolean connectInMemory(Transport memory) {
		return new Bootstrap().group(memory.eventLoops())
			.channel(LocalChannel.class)
			.handler(new ChannelInboundHandlerAdapter())
			.connect(memory.localAddress())
			.awaitUninterruptibly()
			.isSuccess();
	}

	@Test
	void itsThreadsCanBeFound() throws Exception {
		Transport own = listen(settings(false, 0, 0));
		EventLoop loop = own.eventLoops().next();
		Thread thread = loop.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
		assertThat(own.threads()).containsExactly(thread);
		assertThat(own.thread(loop)).hasValue(thread);
		assertThat(own.accepting()).containsExactly(loop);
	}

	@Test
	void tellsWhenAllItsThreadsHaveEndedButForSome() throws Exception {
		Transport own = listen(settings(false, 0, 0));
		CountDownLatch told = new CountDownLatch(1);
		own.onEnd(told::countDown);
		assertThat(own.hasEnded((loop) -> false)).isFalse();
		assertThat(own.hasEnded((loop) -> own.accepting().contains(loop))).isTrue();
		own.beginShutdown(LONG);
		Awaitility.await().until(() -> own.hasEnded((loop) -> false));
		assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
		this.transport = null;
	}

}
