package io.zinx.server;

import java.util.List;
import java.util.stream.IntStream;

import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class PartialWriteTests {

	private static final int MORE_THAN_A_SOCKET_TAKES = 2 * 1024 * 1024;

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatTheSocketDoesNotTakeAtOnceFollowsInOrder(Setup setup) {
		try (TestServer server = TestServer.start(config(setup));
				SocketClient client = SocketClient.connect(server.server().port(), SocketClient.LATE_READER)) {
			Connection connection = server.onlyConnection();
			List<byte[]> bodies = IntStream.range(0, 100).mapToObj((i) -> body(i, i * 617 % 60_000)).toList();
			bodies.forEach((body) -> assertThat(connection.send(5, body)).isEqualTo(SendResult.ACCEPTED));
			assertThat(connection.bytesQueued()).isPositive();
			bodies.forEach((body) -> assertThat(client.receive().body()).isEqualTo(body));
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aMessageThatSocketsTakeInPartsReachesEverybodyWhole(Setup setup) {
		try (TestServer server = TestServer.start(config(setup))) {
			List<SocketClient> clients = IntStream.range(0, 3)
				.mapToObj((i) -> SocketClient.connect(server.server().port(), SocketClient.LATE_READER))
				.toList();
			server.awaitSize(3);
			byte[] large = body(7, MORE_THAN_A_SOCKET_TAKES);
			assertThat(server.connections().broadcast(5, large).reached()).isEqualTo(3);
			assertThat(server.connections().broadcast(5, "short").reached()).isEqualTo(3);
			for (SocketClient client : clients) {
				assertThat(client.receive().body()).isEqualTo(large);
				assertThat(client.receive().text()).isEqualTo("short");
				client.close();
			}
		}
	}

	private static ServerConfigBuilder config(Setup setup) {
		return setup.config().outboundMaxBytes(2 * MORE_THAN_A_SOCKET_TAKES).socketBuffers(0, SocketClient.SEND_BUFFER);
	}

	private static byte[] body(int seed, int length) {
		byte[] body = new byte[length];
		for (int i = 0; i < length; i++) {
			body[i] = (byte) (seed + i / 251 + i);
		}
		return body;
	}

}
