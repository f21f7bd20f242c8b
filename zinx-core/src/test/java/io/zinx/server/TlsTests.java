package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.SendResult;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.link.TlsSettings;
import io.zinx.message.Message;
import io.zinx.metrics.HandshakeResult;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What connections do that are encrypted. That they do all else, too, shows a run of the
 * other tests with {@code -Dzinx.test.link=tls}.
 */
class TlsTests {

	private static ServerConfigBuilder encrypted(Setup setup) {
		return encrypted(setup.config());
	}

	private static ServerConfigBuilder encrypted(ServerConfigBuilder config) {
		return config.tls(TlsSettings.of(TestTls.serverContext()));
	}

	private static SocketClient connect(TestServer server) {
		return SocketClient.connect(server.server().port(), 0, TestTls.clientContext());
	}

	private static SocketClient connectSlow(TestServer server) {
		return SocketClient.connect(server.server().port(), 4096, TestTls.clientContext());
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void answersWhatIsSentAllAtOnceInOrder(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(encrypted(setup)); SocketClient client = connect(server)) {
			int bytes = Echoes.allAtOnceInOrder(client, 10_000);
			assertThat(server.metrics().bytesIn()).isEqualTo(bytes);
			assertThat(server.metrics().links().handshakes(HandshakeResult.SUCCESS)).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void clientsWhoseRecordsComeInPiecesDoNotHarmEachOther(Setup setup) throws Exception {
		int size = 1 << 20;
		try (TestServer server = TestServer
			.start(encrypted(setup).maxPacketSize(size).outboundMaxBytes(4L * size).eventLoops(1))) {
			List<Thread> clients = new ArrayList<>();
			Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
			CyclicBarrier allConnected = new CyclicBarrier(4);
			for (int i = 0; i < 4; i++) {
				byte[] body = new byte[size];
				Arrays.fill(body, (byte) ('a' + i));
				clients.add(new Thread(() -> {
					try (SocketClient client = SocketClient.connectInPieces(server.server().port(),
							TestTls.clientContext())) {
						allConnected.await(10, TimeUnit.SECONDS);
						for (int round = 0; round < 4; round++) {
							client.sendRaw(SocketClient.frame(1, body));
							assertThat(client.receive().body()).isEqualTo(body);
						}
					}
					catch (Throwable ex) {
						failures.add(ex);
					}
				}));
			}
			clients.forEach(Thread::start);
			for (Thread client : clients) {
				client.join();
			}
			assertThat(failures).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "BIND_EPOLL" })
	void whatWasSentBeforeAStopIsAnsweredAlthoughThereIsNoRoomForIt(Setup setup) throws Exception {
		int messages = 3000;
		String filler = "x".repeat(90);
		CountDownLatch release = new CountDownLatch(1);
		try (TestServer server = TestServer.start(
				encrypted(setup).workerPoolSize(1)
					.drain(DrainSettings.DEFAULTS.withQuietPeriod(Duration.ofMillis(200))),
				(routes) -> routes.add(3, (request) -> {
					release.await();
					request.reply(3, request.body());
				})); SocketClient client = connect(server)) {
			client.send(1, "hello").receive();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(SocketClient.frame(3, "slow"));
			for (int i = 0; i < messages; i++) {
				all.writeBytes(SocketClient.frame(1, i + filler));
			}
			Thread writer = new Thread(() -> client.sendRaw(all.toByteArray()));
			writer.start();
			writer.join(10_000);
			assertThat(writer.isAlive()).isFalse();
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			Awaitility.await().until(() -> server.server().phase() == ServerPhase.DRAINING);
			for (int i = 0; i < 3; i++) {
				awaitTurn(server);
			}
			release.countDown();
			assertThat(client.receive().text()).isEqualTo("slow");
			for (int i = 0; i < messages; i++) {
				assertThat(client.receive().text()).isEqualTo(i + filler);
			}
			client.awaitClose();
			stopper.join();
		}
		finally {
			release.countDown();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aBroadcastThatIsSharedReachesEverybodyUnharmed(Setup setup) {
		String shared = "s".repeat(3000);
		try (TestServer server = TestServer.start(encrypted(setup))) {
			List<SocketClient> clients = new ArrayList<>();
			try {
				for (int i = 0; i < 20; i++) {
					clients.add(connect(server));
				}
				server.awaitSize(20);
				for (int round = 0; round < 30; round++) {
					server.connections().broadcast(5, shared);
					int number = round;
					server.connections()
						.forEach((connection) -> connection.send(6, connection.connId() + " " + number));
				}
				for (SocketClient client : clients) {
					String first = null;
					for (int round = 0; round < 30; round++) {
						assertThat(client.receive().text()).isEqualTo(shared);
						String[] own = client.receive().text().split(" ");
						first = (first != null) ? first : own[0];
						assertThat(own).containsExactly(first, "" + round);
					}
				}
			}
			finally {
				clients.forEach(SocketClient::close);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatReadsNothingIsClosedWhenTheBoundIsReached(Setup setup) {
		try (TestServer server = TestServer.start(encrypted(setup).outboundMaxBytes(64 * 1024));
				SocketClient client = connectSlow(server)) {
			Connection connection = server.onlyConnection();
			SendResult result = SendResult.ACCEPTED;
			for (int i = 0; i < 100_000 && result == SendResult.ACCEPTED; i++) {
				result = connection.send(5, new byte[1024]);
			}
			assertThat(result).isEqualTo(SendResult.OVERFLOW);
			server.awaitSize(0);
			assertThat(server.metrics().closed("slow-consumer")).isOne();
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aClientThatAsksFasterThanItReadsIsSlowedAndLosesNothing(Setup setup) throws Exception {
		int messages = 1000;
		try (TestServer server = TestServer
			.start(encrypted(setup).outboundMaxBytes(64 * 1024).socketBuffers(0, SocketClient.SEND_BUFFER));
				SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER,
						TestTls.clientContext())) {
			Echoes.fasterThanTheyAreRead(server, client, 1, messages);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aStopAnswersWhatWasSentAndSaysGoodbye(Setup setup) {
		Message goodbye = new Message(500, "bye".getBytes(StandardCharsets.UTF_8));
		try (TestServer server = TestServer.start(encrypted(setup).goodbye(goodbye).maxPacketSize(1 << 20));
				SocketClient client = connect(server)) {
			client.send(1, "hello").receive();
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			for (int i = 0; i < 500; i++) {
				all.writeBytes(SocketClient.frame(1, i + "x".repeat(2000)));
			}
			Thread writer = new Thread(() -> client.sendRaw(all.toByteArray()));
			writer.start();
			Awaitility.await().until(() -> server.metrics().messagesIn() > 1);
			Thread stopper = new Thread(server.server()::stop);
			stopper.start();
			List<String> replies = new ArrayList<>();
			int goodbyes = 0;
			for (SocketClient.Received next = client.receiveOrEnd(); next != null; next = client.receiveOrEnd()) {
				if (next.msgId() == 500) {
					goodbyes++;
				}
				else {
					replies.add(next.text());
				}
			}
			assertThat(goodbyes).isOne();
			assertThat(replies).hasSize(500);
			Awaitility.await().until(() -> !stopper.isAlive() && !writer.isAlive());
			assertThat(server.metrics().closed(CloseReason.SERVER_STOPPING.tag())).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatIsKickedGetsWhatWasSentBefore(Setup setup) {
		try (TestServer server = TestServer.start(encrypted(setup)); SocketClient client = connect(server)) {
			client.send(1, "hello").receive();
			Message goodbye = new Message(9, "x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
			server.onlyConnection().close(CloseReason.KICKED, goodbye);
			assertThat(client.receive().body()).hasSize(100_000);
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("kicked")).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO" })
	void aClientIsToldThatNothingFollows(Setup setup) throws Exception {
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		try (TestServer server = TestServer.start(encrypted(setup))) {
			SslHandler tls = SslContextBuilder.forClient()
				.trustManager(TestTls.AUTHORITY.toTrustManagerFactory())
				.endpointIdentificationAlgorithm(null)
				.build()
				.newHandler(ByteBufAllocator.DEFAULT);
			new Bootstrap().group(loop)
				.channel(NioSocketChannel.class)
				.handler(tls)
				.connect("127.0.0.1", server.server().port())
				.sync();
			assertThat(tls.handshakeFuture().await(10_000)).isTrue();
			server.onlyConnection().close();
			assertThat(tls.sslCloseFuture().await(10_000)).isTrue();
			assertThat(tls.sslCloseFuture().isSuccess()).isTrue();
		}
		finally {
			loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(10_000);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void oneThatHasSaidItsLastWordIsAnsweredStill(Setup setup) {
		try (TestServer server = TestServer.start(encrypted(setup)); SocketClient client = connect(server)) {
			for (int i = 0; i < 1000; i++) {
				client.send(1, "" + i);
			}
			client.shutdownOutput();
			for (int i = 0; i < 1000; i++) {
				assertThat(client.receive().text()).isEqualTo("" + i);
			}
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("peer-closed")).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void heartbeatsAreSentAndASilentClientIsFoundOut(Setup setup) {
		HeartbeatSettings heartbeat = HeartbeatSettings.builder(HeartbeatMode.SEND)
			.interval(Duration.ofMillis(100))
			.timeout(Duration.ofMillis(1500))
			.text("beat")
			.build();
		try (TestServer server = TestServer.start(encrypted(setup).heartbeat(heartbeat));
				SocketClient client = connect(server)) {
			assertThat(client.receive().text()).isEqualTo("beat");
			server.awaitSize(0);
			assertThat(server.metrics().closed("heartbeat-missed")).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "LOOP_EPOLL", "LOOP_NIO" })
	void oneThatWaitsForASlotShakesHandsThen(Setup setup) throws Exception {
		ConnectionSettings wait = ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT);
		try (TestServer server = TestServer.start(encrypted(setup).maxConn(1).connections(wait))) {
			AtomicReference<SocketClient> second = new AtomicReference<>();
			Thread waiting;
			try (SocketClient first = connect(server)) {
				first.send(1, "first").receive();
				waiting = new Thread(() -> second.set(connect(server)));
				waiting.start();
				Awaitility.await().until(() -> server.connections().waiting() == 1);
				assertThat(first.send(1, "still").receive().text()).isEqualTo("still");
			}
			waiting.join();
			try (SocketClient client = Objects.requireNonNull(second.get())) {
				assertThat(client.send(1, "second").receive().text()).isEqualTo("second");
			}
		}
	}

	@Test
	void theContextOfTheMomentIsThatOfNewConnections() throws Exception {
		AtomicReference<SslContext> context = new AtomicReference<>(TestTls.serverContext());
		TlsSettings tls = TlsSettings.of(context::get).withHandshakeTimeout(Duration.ofSeconds(10));
		try (TestServer server = TestServer.start(ServerConfig.builder().tls(tls));
				SocketClient before = connect(server)) {
			before.send(1, "hello").receive();
			context.set(TestTls.serverContext(TestTls.issued("CN=localhost, O=New"), ClientAuth.NONE));
			try (SocketClient after = connect(server)) {
				assertThat(after.send(1, "new").receive().text()).isEqualTo("new");
				assertThat(before.send(1, "old").receive().text()).isEqualTo("old");
				assertThat(subjects(server)).containsExactly("CN=localhost", "CN=localhost,O=New");
			}
		}
	}

	private static List<String> subjects(TestServer server) {
		return server.connections().page(0, 10).stream().map((connection) -> {
			SSLSession session = connection.tlsSession();
			assertThat(session).isNotNull();
			return session.getLocalPrincipal().getName();
		}).toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void theSessionSaysWhoTheClientIsFromOnStartOn(String protocol) {
		List<String> peers = new CopyOnWriteArrayList<>();
		ConnectionListener listener = new ConnectionListener() {
			@Override
			public void onStart(Connection connection) {
				SSLSession session = connection.tlsSession();
				assertThat(session).isNotNull();
				try {
					peers.add(session.getProtocol() + " " + session.getPeerPrincipal().getName());
				}
				catch (SSLPeerUnverifiedException ex) {
					peers.add("nobody");
				}
			}
		};
		SslContext context = TestTls.serverContext(TestTls.SERVER, ClientAuth.OPTIONAL, protocol);
		try (TestServer server = TestServer.start(ServerConfig.builder().tls(TlsSettings.of(context)), listener)) {
			try (SocketClient client = SocketClient.connect(server.server().port(), 0,
					TestTls.clientContext(TestTls.AUTHORITY, TestTls.CLIENT))) {
				client.send(1, "hello").receive();
			}
			try (SocketClient client = connect(server)) {
				client.send(1, "hello").receive();
			}
			assertThat(peers).containsExactly(protocol + " CN=device-7", "nobody");
		}
	}

	@Test
	void aConnectionInPlainTextHasNoSession() {
		ServerConfigBuilder plain = ServerConfig.builder().host("127.0.0.1").port(0);
		ZinxServer server = new ZinxServer(plain.build());
		server.start();
		try (SocketClient client = SocketClient.connectPlain(server.port())) {
			Awaitility.await().until(() -> server.connManager().ids().length == 1);
			assertThat(server.connManager().find((connection) -> true).get(0).tlsSession()).isNull();
			assertThat(client.localPort()).isPositive();
		}
		finally {
			server.stop();
		}
	}

	@Test
	void aClientIsNoConnectionBeforeItsHandshakeHasSucceeded() {
		try (TestServer server = TestServer.start(encrypted(ServerConfig.builder()));
				SocketClient silent = SocketClient.connectPlain(server.server().port())) {
			Awaitility.await().until(() -> server.server().pendingHandshakes() == 1);
			assertThat(server.connections().broadcast(5, "all")).isEqualTo(new BroadcastResult(0, 0, 0, 0));
			assertThat(server.server().connManager().size()).isZero();
			silent.reset();
			Awaitility.await().until(() -> server.server().pendingHandshakes() == 0);
			assertThat(server.metrics().links().handshakes(HandshakeResult.ABORTED)).isOne();
			assertThat(server.metrics().accepted()).isZero();
		}
	}

	/**
	 * What event loops were given before is done then.
	 */
	private static void awaitTurn(TestServer server) {
		for (EventExecutor loop : Objects.requireNonNull(server.server().eventLoops())) {
			assertThat(loop.submit(() -> {
			}).awaitUninterruptibly(10_000)).isTrue();
		}
	}

}
