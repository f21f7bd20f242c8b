package io.zinx.server;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.zinx.codec.LtvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.metrics.DropReason;
import io.zinx.session.BindResult;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two servers in one process have nothing in common.
 */
class SeveralServersTests {

	/** Message 1 with body {@code hi}. */
	private static final byte[] LTV = HexFormat.of().parseHex("02000000010000006869");

	@ParameterizedTest
	@EnumSource(Setup.class)
	void eachHasSettingsRoutesAndMiddlewareOfItsOwn(Setup setup) {
		try (TestServer one = TestServer.start(setup.config().name("one").maxPacketSize(4),
				(routes) -> routes.add(7, (request) -> request.reply(7, "one")));
				TestServer two = TestServer.start(two(setup), (routes) -> {
					routes.use((request) -> request.abort());
					routes.add(7, (request) -> request.reply(7, "never"));
					routes.add(8, (request) -> request.reply(8, "never"));
				});
				SocketClient toOne = one.connect();
				SocketClient toTwo = two.connect()) {
			assertThat(toOne.send(7, "").receive().text()).isEqualTo("one");
			toTwo.sendRaw(LTV);
			assertThat(toTwo.receiveRaw(LTV.length)).isEqualTo(LTV);
			toOne.send(8, "");
			assertThat(toOne.send(1, "echo").receive().text()).isEqualTo("echo");
			assertThat(one.metrics().dropped(DropReason.NO_ROUTER)).isEqualTo(1);
			assertThat(two.metrics().dropped(DropReason.NO_ROUTER)).isZero();
			toTwo.sendRaw(HexFormat.of().parseHex("08000000010000006162636465666768"));
			assertThat(toTwo.receiveRaw(16)).hasSize(16);
			toOne.send(1, "12345").awaitClose();
			one.awaitSize(0);
			assertThat(one.metrics().closed("frame-too-long")).isEqualTo(1);
			assertThat(two.metrics().closed()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void eachCountsConnectionsAndKeysAndSlotsForItself(Setup setup) {
		try (TestServer one = TestServer.start(setup.config().maxConn(1));
				TestServer two = TestServer.start(setup.config().maxConn(2));
				SocketClient toOne = one.connect();
				SocketClient toTwo = two.connect()) {
			Connection first = one.onlyConnection();
			Connection second = two.onlyConnection();
			assertThat(List.of(first.connId(), second.connId())).containsExactly(1L, 1L);
			assertThat(first.bind("ann")).isEqualTo(BindResult.BOUND);
			assertThat(second.bind("ann")).isEqualTo(BindResult.BOUND);
			assertThat(one.connections().byKey("ann")).isSameAs(first);
			assertThat(two.connections().byKey("ann")).isSameAs(second);
			one.connections().group("g").join(first);
			assertThat(two.connections().group("g").size()).isZero();
			assertThat(one.connections().broadcast(5, "only one").reached()).isEqualTo(1);
			assertThat(toOne.receive().text()).isEqualTo("only one");
			try (SocketClient refused = one.connect(); SocketClient admitted = two.connect()) {
				refused.awaitClose();
				assertThat(admitted.send(1, "third").receive().text()).isEqualTo("third");
			}
			assertThat(one.metrics().rejected("max-conn")).isEqualTo(1);
			assertThat(two.metrics().rejected("max-conn")).isZero();
			assertThat(toTwo.send(1, "x").receive().text()).isEqualTo("x");
			assertThat(one.metrics().messagesIn()).isZero();
			assertThat(two.metrics().messagesIn()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void theEndOfOneIsNotNoticedByTheOther(Setup setup) {
		HeartbeatSettings heartbeat = HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY)
			.timeout(Duration.ofMillis(200))
			.build();
		try (TestServer one = TestServer.start(setup.config().name("one").heartbeat(heartbeat));
				TestServer two = TestServer.start(setup.config().name("two"));
				SocketClient toTwo = two.connect();
				SocketClient toOne = one.connect()) {
			Connection stays = two.onlyConnection();
			toOne.awaitClose();
			one.server().stop();
			Awaitility.await().until(() -> threads("one-").isEmpty());
			assertThat(threads("two-")).isNotEmpty();
			assertThat(stays.isOpen()).isTrue();
			assertThat(toTwo.send(1, "still there").receive().text()).isEqualTo("still there");
			try (SocketClient later = two.connect()) {
				assertThat(later.send(1, "welcome").receive().text()).isEqualTo("welcome");
			}
			one.server().start();
			assertThat(stays.closeReason()).isNull();
			assertThat(two.metrics().closed(CloseReason.HEARTBEAT_MISSED.tag())).isZero();
		}
	}

	private static ServerConfigBuilder two(Setup setup) {
		return setup.config().name("two").codec(new LtvCodec());
	}

	private static List<String> threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

}
