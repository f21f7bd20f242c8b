package io.zinx.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.zinx.connection.CloseReason;
import io.zinx.inbound.InboundStatus;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Some clients fill the inbound budget with messages that they begin and do not end,
 * others with messages that wait for an answer, and others only want to be served: 200,
 * 40 and 10 of them, or with {@code zinx.proof.scale}, which {@code .ci/proof inbound}
 * sets to 5, so many times as many.
 */
class InboundFloodTests {

	private static final int SCALE = Integer.getInteger("zinx.proof.scale", 1);

	private static final int BEGINNERS = 200 * SCALE;

	private static final int WAITING = 40 * SCALE;

	private static final int HONEST = 10 * SCALE;

	private static final int ROUNDS = 50;

	private static final int TOTAL = SCALE * 1024 * 1024;

	private static final int MAX_PACKET_SIZE = 16 * 1024;

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whoeverFillsTheBudgetTheOthersGoOnAndAllMemoryComesBack(Setup setup) {
		Queue<CompletableFuture<String>> answers = new ConcurrentLinkedQueue<>();
		ServerConfigBuilder config = setup.config()
			.eventLoops(2)
			.maxPacketSize(MAX_PACKET_SIZE)
			.asyncTimeout(Duration.ZERO)
			.inboundMaxBytes(4 * MAX_PACKET_SIZE)
			.inboundTotalMaxBytes(TOTAL);
		try (TestServer server = TestServer.start(config, (routes) -> routes.add(2, (request) -> {
			CompletableFuture<String> answer = new CompletableFuture<>();
			answers.add(answer);
			request.answerLater(answer);
		}))) {
			List<SocketClient> clients = new ArrayList<>();
			for (int i = 0; i < BEGINNERS; i++) {
				clients.add(beginsAMessage(server));
			}
			for (int i = 0; i < WAITING; i++) {
				clients.add(waitsForAnAnswer(server));
			}
			awaitFullBudget(server, answers);
			serveTheHonest(server);
			assertThat(server.metrics().closed("inbound-full")).isPositive();
			assertThat(server.metrics().closed().keySet()).allMatch(InboundFloodTests::isExpected);
			answers.forEach((answer) -> answer.complete("at last"));
			clients.forEach(SocketClient::close);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(
						() -> assertThat(server.connections().size()).as("%s", server.metrics().closed()).isZero());
			// Paused connections are looked at every few milliseconds.
			Awaitility.await().until(() -> server.server().inbound().equals(InboundStatus.NOTHING));
		}
	}

	private static boolean isExpected(String reason) {
		return List.of(CloseReason.INBOUND_FULL.tag(), CloseReason.PEER_CLOSED.tag()).contains(reason);
	}

	private static SocketClient beginsAMessage(TestServer server) {
		byte[] frame = SocketClient.frame(1, new byte[MAX_PACKET_SIZE]);
		return server.connect().sendRaw(Arrays.copyOf(frame, frame.length / 2));
	}

	private static SocketClient waitsForAnAnswer(TestServer server) {
		SocketClient client = server.connect().send(2, "answer me");
		for (int i = 0; i < 30; i++) {
			client.sendRaw(SocketClient.frame(1, new byte[1000]));
		}
		return client;
	}

	private static void awaitFullBudget(TestServer server, Queue<?> answers) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> answers.size() == WAITING && server.metrics().closed("inbound-full") > 0
					&& server.server().inbound().bytes() > TOTAL / 2);
	}

	private static void serveTheHonest(TestServer server) {
		List<SocketClient> honest = new ArrayList<>();
		for (int i = 0; i < HONEST; i++) {
			honest.add(server.connect());
		}
		String text = "x".repeat(500);
		for (int round = 0; round < ROUNDS; round++) {
			honest.forEach((client) -> client.send(1, text));
			honest.forEach((client) -> assertThat(client.receive().text()).isEqualTo(text));
			assertThat(server.server().inbound().bytes()).isLessThan(TOTAL + (WAITING + HONEST) * 64 * 1024);
		}
		honest.forEach(SocketClient::close);
	}

}
