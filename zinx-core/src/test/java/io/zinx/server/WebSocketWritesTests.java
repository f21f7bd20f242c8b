package io.zinx.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import io.zinx.link.WebSocketSettings;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import io.zinx.testing.WebSocketStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages to WebSocket clients, which are written past the handlers where none of them
 * must see them.
 */
class WebSocketWritesTests {

	private static final int PING = 0x89;

	private static final byte PONG = (byte) 0x8A;

	/** More than the sockets hold, so that messages are written in parts. */
	private static final int MESSAGES = 200;

	private static final int LENGTH = 50_000;

	private static TestServer server(Setup setup) {
		return TestServer
			.start(setup.config().outboundMaxBytes(2L * MESSAGES * LENGTH).webSocket(WebSocketSettings.onSamePort()));
	}

	private static SocketClient client(TestServer server) {
		return SocketClient.connectBehind(server.server().port(), new byte[0], null).webSocket("/", "");
	}

	@Test
	void aTraceShowsMessagesWithoutTheHeadsOfTheirFramesWhileItLasts() {
		try (CapturedLog log = new CapturedLog("io.zinx.trace");
				TestServer server = server(Setup.HASH_EPOLL);
				SocketClient client = client(server)) {
			assertThat(client.send(1, "before").receive().text()).isEqualTo("before");
			long id = server.connections().ids()[0];
			assertThat(server.server().trace(id, Duration.ofMinutes(1))).isTrue();
			Awaitility.await().until(() -> !log.lines().isEmpty());
			assertThat(client.send(1, "traced").receive().text()).isEqualTo("traced");
			String frame = "0000000100000006" + "747261636564";
			Awaitility.await()
				.untilAsserted(() -> assertThat(log.lines()).filteredOn((line) -> line.contains(frame))
					.satisfiesExactly((in) -> assertThat(in).contains(" in 14 bytes: "),
							(out) -> assertThat(out).contains(" out 14 bytes: ")));
			assertThat(log.lines()).noneMatch((line) -> line.contains("6265666f7265"));
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void messagesWrittenInPartsAndAnswersToPingsStayApart(Setup setup) throws IOException {
		try (TestServer server = server(setup); SocketClient client = client(server)) {
			WebSocketStream frames = client.frames();
			assertThat(client.send(1, "hello").receive().text()).isEqualTo("hello");
			byte[] body = new byte[LENGTH];
			for (int number = 0; number < MESSAGES; number++) {
				Arrays.fill(body, (byte) number);
				server.connections().broadcast(7, body);
				if (number % 10 == 0) {
					frames.sendRaw(WebSocketStream.frame(PING, ("ping " + number).getBytes(StandardCharsets.US_ASCII)));
				}
			}
			int received = 0;
			while (received < MESSAGES) {
				byte[] frame = frames.receiveFrame();
				if (frame[0] != PONG) {
					assertThat(frame).hasSize(1 + 8 + LENGTH);
					assertThat(frame[9]).isEqualTo((byte) received);
					assertThat(frame[frame.length - 1]).isEqualTo((byte) received);
					received++;
				}
			}
		}
	}

}
