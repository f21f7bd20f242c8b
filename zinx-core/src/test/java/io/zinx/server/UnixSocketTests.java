package io.zinx.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.zinx.admission.ConnectionSettings;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.link.TlsSettings;
import io.zinx.link.UnixPeer;
import io.zinx.message.Message;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import io.zinx.testing.SocketClient.Received;
import io.zinx.testing.TestTls;
import io.zinx.transport.ServerBindException;
import io.zinx.transport.UnixSocketSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers on a Unix domain socket, with clients that know only sockets of the JDK.
 */
class UnixSocketTests {

	private static final Message GOODBYE = message(7, "goodbye");

	@TempDir
	Path directory;

	private static Message message(long msgId, String text) {
		return new Message(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	private Path path() {
		return this.directory.resolve("zinx.sock");
	}

	private ServerConfigBuilder beside(Setup setup) {
		return setup.config().eventLoops(2).unixSocket(UnixSocketSettings.of(path().toString(), "0660"));
	}

	private ServerConfigBuilder alone(Setup setup) {
		return beside(setup).port(-1);
	}

	private SocketClient connect() {
		return SocketClient.connect(path());
	}

	@OnEachTransport
	void aSocketAloneEchoesAndHasNoPort(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(alone(setup))) {
			assertThat(server.server().port()).isEqualTo(-1);
			assertThat(server.server().localAddress()).isEqualTo(UnixDomainSocketAddress.of(path()));
			Connection connection;
			try (SocketClient client = connect()) {
				for (int i = 0; i < 100; i++) {
					client.send(1, "message " + i);
				}
				for (int i = 0; i < 100; i++) {
					assertThat(client.receive().text()).isEqualTo("message " + i);
				}
				connection = server.onlyConnection();
				assertNamesThisProcess(connection, setup);
			}
			server.awaitSize(0);
			assertNamesThisProcess(connection, setup);
			assertThat(server.metrics().closed("peer-closed")).isOne();
		}
	}

	private void assertNamesThisProcess(Connection connection, Setup setup) throws Exception {
		assertThat(connection.localAddress()).isEqualTo(UnixDomainSocketAddress.of(path()));
		assertThat(connection.remoteAddress()).isInstanceOf(UnixPeer.class);
		UnixPeer peer = (UnixPeer) connection.remoteAddress();
		assertThat(peer.server()).isEqualTo(connection.localAddress());
		assertThat(peer.path()).isEmpty();
		Path own = Files.createTempFile(this.directory, "own", "");
		if (setup == Setup.HASH_NIO) {
			assertThat(peer.process()).isEqualTo(UnixPeer.UNKNOWN);
			assertThat(peer.user()).isEqualTo(Files.getOwner(own).getName());
			assertThat(peer).hasToString("unix:" + path() + ", user " + peer.user());
		}
		else {
			assertThat((long) peer.process()).isEqualTo(ProcessHandle.current().pid());
			assertThat(peer.user()).isEqualTo(String.valueOf(Files.getAttribute(own, "unix:uid")));
			assertThat(peer).hasToString("unix:" + path() + ", process " + peer.process() + " of user " + peer.user());
		}
		assertThat(peer.group()).isNotEmpty();
	}

	@OnEachTransport
	void aClientMayHaveAPathOfItsOwn(Setup setup) {
		Path own = this.directory.resolve("own\n.sock");
		try (TestServer server = TestServer.start(alone(setup));
				SocketClient client = SocketClient.connect(own, path())) {
			assertThat(client.send(1, "x").receive().text()).isEqualTo("x");
			UnixPeer peer = (UnixPeer) server.onlyConnection().remoteAddress();
			assertThat(peer.path()).isEqualTo(own.toString());
			assertThat(peer.toString()).startsWith("unix:" + path() + ", client " + this.directory + "/own\\n.sock, ");
		}
	}

	@OnEachTransport
	void aClientThatSendsNothingMoreGetsAllAnswers(Setup setup) {
		String body = "x".repeat(4000);
		try (TestServer server = TestServer.start(alone(setup)); SocketClient client = connect()) {
			Thread writer = new Thread(() -> {
				for (int i = 0; i < 150; i++) {
					client.send(1, i + body);
				}
				client.shutdownOutput();
			});
			writer.start();
			Connection connection = server.onlyConnection();
			Awaitility.await().until(() -> connection.bytesQueued() > 0);
			for (int i = 0; i < 150; i++) {
				assertThat(client.receive().text()).isEqualTo(i + body);
			}
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("peer-closed")).isOne();
		}
	}

	@OnEachTransport
	void aSlowConsumerIsClosed(Setup setup) {
		try (TestServer server = TestServer.start(alone(setup).outboundMaxBytes(64 * 1024));
				SocketClient client = connect()) {
			client.send(1, "x").receive();
			Connection connection = server.onlyConnection();
			SendResult result = SendResult.ACCEPTED;
			for (int i = 0; i < 100_000 && result == SendResult.ACCEPTED; i++) {
				result = connection.send(5, new byte[1024]);
			}
			assertThat(result).isEqualTo(SendResult.OVERFLOW);
			server.awaitSize(0);
			assertThat(server.metrics().closed("slow-consumer")).isOne();
		}
	}

	@OnEachTransport
	void aDrainSaysGoodbyeAndRemovesTheFileUntilItEnds(Setup setup) {
		try (TestServer server = TestServer.start(beside(setup).goodbye(GOODBYE))) {
			try (SocketClient client = connect(); SocketClient other = server.connect()) {
				client.send(1, "x").receive();
				other.send(1, "x").receive();
				assertThat(server.server().drain()).isTrue();
				assertThat(path()).doesNotExist();
				assertThat(client.receive().text()).isEqualTo("goodbye");
				client.awaitClose();
				assertThat(other.receive().text()).isEqualTo("goodbye");
				other.awaitClose();
			}
			server.awaitSize(0);
			assertThat(server.metrics().closed("drained")).isEqualTo(2);
			assertThat(server.server().resume()).isTrue();
			try (SocketClient client = connect(); SocketClient other = server.connect()) {
				assertThat(client.send(1, "again").receive().text()).isEqualTo("again");
				assertThat(other.send(1, "again").receive().text()).isEqualTo("again");
			}
		}
	}

	@OnEachTransport
	void goesOnDrainingIfItCannotListenAgainOnTheSocket(Setup setup) throws Exception {
		try (TestServer server = TestServer.start(beside(setup))) {
			int port = server.server().port();
			server.server().drain();
			Files.writeString(path(), "precious");
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(server.server()::resume)
				.withMessage("Cannot listen on " + path()
						+ " (zinx.unix-socket.path): something else than a socket is there, and was left alone");
			assertThat(server.server().phase()).isEqualTo(ServerPhase.DRAINING);
			Awaitility.await()
				.untilAsserted(() -> assertThatExceptionOfType(Exception.class)
					.isThrownBy(() -> SocketClient.connect(port).close()));
			assertThat(path()).hasContent("precious");
			Files.delete(path());
			assertThat(server.server().resume()).isTrue();
			try (SocketClient client = connect(); SocketClient other = SocketClient.connect(port)) {
				assertThat(client.send(1, "again").receive().text()).isEqualTo("again");
				assertThat(other.send(1, "again").receive().text()).isEqualTo("again");
			}
		}
	}

	@OnEachTransport
	void whoIsKickedHearsSo(Setup setup) {
		ConnectionSettings settings = ConnectionSettings.DEFAULTS.withLastMessages(message(8, "thrown out"), null);
		try (TestServer server = TestServer.start(alone(setup).connections(settings))) {
			try (SocketClient client = connect()) {
				client.send(1, "x").receive();
				server.onlyConnection().close(CloseReason.KICKED);
				assertThat(client.receive().text()).isEqualTo("thrown out");
				client.awaitClose();
			}
			server.awaitSize(0);
			assertThat(server.metrics().closed("kicked")).isOne();
		}
	}

	@OnEachTransport
	void aSilentClientGetsHeartbeatsAndIsClosed(Setup setup) {
		HeartbeatSettings heartbeat = HeartbeatSettings.builder(HeartbeatMode.SEND)
			.interval(Duration.ofMillis(50))
			.timeout(Duration.ofMillis(150))
			.build();
		try (TestServer server = TestServer.start(alone(setup).heartbeat(heartbeat)); SocketClient client = connect()) {
			Connection connection = server.onlyConnection();
			assertThat(client.receive().text()).isEqualTo("heartbeat [unix:" + path() + "->unix:client]");
			for (Received next = client.receive(); next != null; next = client.receiveOrEnd()) {
				assertThat(next.msgId()).isEqualTo(99999);
			}
			assertThat(connection.closeReason()).isEqualTo(CloseReason.HEARTBEAT_MISSED);
		}
	}

	@OnEachTransport
	void aTraceShowsWhatIsReadAndWritten(Setup setup) {
		try (CapturedLog log = new CapturedLog("io.zinx.trace");
				TestServer server = TestServer.start(alone(setup));
				SocketClient client = connect()) {
			client.send(1, "before").receive();
			assertThat(server.server().trace(server.onlyConnection().connId(), Duration.ofMinutes(1))).isTrue();
			Awaitility.await().untilAsserted(() -> {
				client.send(1, "traced").receive();
				assertThat(log.lines()).anyMatch((line) -> line.contains("out 14 bytes: 0000000100000006747261636564"));
			});
		}
	}

	@OnEachTransport
	void theFileGoesWithEachStopAndComesWithEachStart(Setup setup) throws Exception {
		ZinxServer server = new ZinxServer(alone(setup).build());
		server.router(1, (request) -> request.reply(1, request.body()));
		for (int i = 0; i < 3; i++) {
			server.start();
			assertThat(Files.getPosixFilePermissions(path())).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
			try (SocketClient client = connect()) {
				assertThat(client.send(1, "run " + i).receive().text()).isEqualTo("run " + i);
			}
			server.stop();
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@OnEachTransport
	void twoServersCannotShareASocketAndTheFirstIsUnharmed(Setup setup) {
		try (TestServer server = TestServer.start(alone(setup)); SocketClient before = connect()) {
			ZinxServer second = new ZinxServer(beside(setup).port(0).build());
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start)
				.withMessage("Cannot listen on " + path() + " (zinx.unix-socket.path): another process listens there")
				.satisfies((ex) -> {
					assertThat(ex.isPortInUse()).isTrue();
					assertThat(ex.port()).isEqualTo(-1);
					assertThat(ex.unixSocket()).isEqualTo(path());
				});
			assertThat(second.isRunning()).isFalse();
			second.stop();
			try (SocketClient after = connect()) {
				assertThat(after.send(1, "after").receive().text()).isEqualTo("after");
			}
			assertThat(before.send(1, "before").receive().text()).isEqualTo("before");
			assertThat(server.server().isRunning()).isTrue();
		}
	}

	@Test
	void aFileThatIsNotOursStaysWhenTheServerStops() throws Exception {
		TestServer server = TestServer.start(alone(Setup.HASH_EPOLL));
		Files.delete(path());
		Files.writeString(path(), "precious");
		server.close();
		assertThat(path()).hasContent("precious");
	}

	@Test
	void aPortThatIsInUseLeavesNoFileBehind() {
		try (TestServer server = TestServer.start(ServerConfig.builder())) {
			ZinxServer second = new ZinxServer(
					beside(Setup.HASH_EPOLL).host("127.0.0.1").port(server.server().port()).build());
			assertThatExceptionOfType(ServerBindException.class).isThrownBy(second::start)
				.withMessageEndingWith("the port is in use")
				.satisfies((ex) -> assertThat(ex.unixSocket()).isNull());
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@Test
	void theStartNamesBothAddresses() {
		try (CapturedLog log = new CapturedLog(ZinxServer.class);
				TestServer server = TestServer.start(beside(Setup.HASH_EPOLL))) {
			assertThat(log.lines().get(0))
				.contains("started on 127.0.0.1:" + server.server().port() + " and unix:" + path() + " (epoll");
		}
	}

	@Test
	void aSocketIsPlainBesideAPortWithTls() {
		try (TestServer server = TestServer
			.start(beside(Setup.HASH_EPOLL).tls(TlsSettings.of(TestTls.serverContext())));
				SocketClient plain = connect();
				SocketClient encrypted = SocketClient.connect(server.server().port(), 0, TestTls.clientContext())) {
			assertThat(plain.send(1, "plain").receive().text()).isEqualTo("plain");
			assertThat(encrypted.send(1, "encrypted").receive().text()).isEqualTo("encrypted");
			List<Connection> plainOnes = server.connections().find((connection) -> connection.tlsSession() == null);
			assertThat(plainOnes).singleElement()
				.satisfies((connection) -> assertThat(connection.remoteAddress()).isInstanceOf(UnixPeer.class));
		}
	}

	@OnEachTransport
	void clientsOfBothAddressesWaitForASlot(Setup setup) throws Exception {
		ConnectionSettings wait = ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT);
		List<String> answers = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(beside(setup).maxConn(2).connections(wait))) {
			List<Thread> clients = new ArrayList<>();
			for (int i = 0; i < 15; i++) {
				clients.add(new Thread(() -> answers.add(unixAnswer())));
				clients.add(new Thread(() -> answers.add(answer(server))));
			}
			clients.forEach(Thread::start);
			for (Thread client : clients) {
				client.join();
			}
			assertThat(answers).hasSize(30).containsOnly("served");
			server.awaitSize(0);
			assertThat(server.metrics().accepted()).isEqualTo(30);
			assertThat(server.connections().waiting()).isZero();
		}
	}

	private String unixAnswer() {
		try (SocketClient client = connect()) {
			return client.send(1, "served").receive().text();
		}
	}

	private static String answer(TestServer server) {
		try (SocketClient client = server.connect()) {
			return client.send(1, "served").receive().text();
		}
	}

	@Test
	void whoIsTurnedAwayIsNamed() {
		List<String> rejected = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(alone(Setup.HASH_EPOLL).maxConn(1)); SocketClient first = connect()) {
			first.send(1, "x").receive();
			server.connections().onRejected((address, reason) -> rejected.add(address + " " + reason));
			try (SocketClient second = connect()) {
				second.awaitClose();
			}
			Awaitility.await().until(() -> !rejected.isEmpty());
			assertThat(rejected).singleElement()
				.asString()
				.startsWith("unix:" + path() + ", process ")
				.endsWith(" max-conn");
		}
	}

	/**
	 * A test that runs with epoll and NIO, and where routers run on event loops.
	 */
	@ParameterizedTest
	@EnumSource(names = { "HASH_EPOLL", "HASH_NIO", "LOOP_EPOLL" })
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.METHOD)
	@interface OnEachTransport {

	}

}
