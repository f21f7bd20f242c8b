package io.zinx.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.zinx.codec.RawCodec;
import io.zinx.link.WebSocketSettings;
import io.zinx.testing.SocketClient;
import io.zinx.testing.WebSocketStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 6455 for a server, on a real socket and with bytes that are written by hand: the
 * rows of {@link WebSocketRows} for frames, and section 4.2 for the request.
 */
class WebSocketConformanceTests {

	/** The longest stream that is sent byte by byte. */
	private static final int SHORT = 2000;

	/** The shortest message that the server compresses. */
	private static final int COMPRESSED = 512;

	private static final String COMPRESSION = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

	@SuppressWarnings("NullAway.Init")
	private static TestServer server;

	@SuppressWarnings("NullAway.Init")
	private static TestServer compressing;

	@BeforeAll
	static void start() {
		server = echo(Setup.HASH_EPOLL, WebSocketSettings.onPort(0));
		compressing = echo(Setup.LOOP_NIO, WebSocketSettings.onPort(0).withCompression(true));
	}

	private static TestServer echo(Setup setup, WebSocketSettings webSocket) {
		ServerConfigBuilder config = setup.config()
			.codec(new RawCodec())
			.maxPacketSize(128 * 1024)
			.webSocket(webSocket);
		return TestServer.start(config, (routes) -> routes.fallback((request) -> request.reply(0, request.body())));
	}

	@AfterAll
	static void stop() {
		server.close();
		compressing.close();
	}

	static List<WebSocketRow> rows() {
		return WebSocketRows.all();
	}

	static List<WebSocketRow> shortRowsOfClientsThatEnd() {
		return rows().stream().filter((row) -> !row.goesOn() && row.sent().length() < SHORT).toList();
	}

	static List<WebSocketRow> rowsWithoutCompressedMessages() {
		return rows().stream().filter((row) -> row.echoed().length() < COMPRESSED && !row.beginsCompressed()).toList();
	}

	private static SocketClient connect() {
		return SocketClient.connectPlain(server.server().webSocketPort());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void aClientGetsWhatTheRuleSays(WebSocketRow row) throws IOException {
		long before = server.metrics().closed(row.reason());
		try (SocketClient client = connect().webSocket("/", "")) {
			client.frames().sendRaw(WebSocketRow.bytes(row.sent()));
			assertAnswered(client.frames(), row);
		}
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> server.metrics().closed(row.reason()) == before + 1);
	}

	@ParameterizedTest
	@MethodSource("shortRowsOfClientsThatEnd")
	void aClientThatSendsByteByByteGetsTheSame(WebSocketRow row) throws IOException {
		try (SocketClient client = connect().webSocket("/", "")) {
			byte[] bytes = WebSocketRow.bytes(row.sent());
			for (int index = 0; index < bytes.length; index++) {
				client.frames().sendRaw(Arrays.copyOfRange(bytes, index, index + 1));
			}
			assertAnswered(client.frames(), row);
		}
	}

	/**
	 * RFC 7692, section 6: a client that has agreed on compression may send each message
	 * without it.
	 */
	@ParameterizedTest
	@MethodSource("rowsWithoutCompressedMessages")
	void aClientThatMayCompressAndDoesNotGetsTheSame(WebSocketRow row) throws IOException {
		SocketClient plain = SocketClient.connectPlain(compressing.server().webSocketPort());
		try (SocketClient client = plain.webSocket("/", COMPRESSION)) {
			client.frames().sendRaw(WebSocketRow.bytes(row.sent()));
			assertAnswered(client.frames(), row);
		}
	}

	/**
	 * Read to the end, at which there is nothing behind the close frame.
	 */
	private static void assertAnswered(WebSocketStream frames, WebSocketRow row) throws IOException {
		StringBuilder echoed = new StringBuilder();
		List<String> pongs = new ArrayList<>();
		boolean closed = false;
		for (byte[] frame = frames.receiveFrame(); frame.length > 0; frame = frames.receiveFrame()) {
			assertThat(closed).as("a frame behind the close frame").isFalse();
			String payload = WebSocketRow.text(frame).substring(1);
			switch (frame[0] & 0xFF) {
				case WebSocketRow.FIN | WebSocketRow.BINARY -> echoed.append(payload);
				case WebSocketRow.FIN | WebSocketRow.PONG -> pongs.add(payload);
				case WebSocketRow.FIN | WebSocketRow.CLOSE -> closed = true;
				default -> throw new AssertionError("a frame that begins with " + frame[0]);
			}
		}
		assertThat(closed).as("a close frame").isTrue();
		assertThat(frames.closeCode()).isEqualTo(row.code());
		assertThat(frames.closeText()).isEqualTo(row.reason());
		assertThat(echoed).hasToString(row.echoed());
		assertThat(pongs).isEqualTo(row.pongs());
	}

	/**
	 * Send a request and a ping behind it, which is answered if the request was accepted.
	 */
	private static String answer(String request) {
		try (SocketClient client = connect()) {
			client.sendRaw(request.getBytes(StandardCharsets.ISO_8859_1));
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) (client.receiveRaw(1)[0] & 0xFF));
			}
			if (head.indexOf("HTTP/1.1 101 ") == 0) {
				client.sendRaw(WebSocketStream.frame(0x89, new byte[] { 'p' }));
				assertThat(client.receiveRaw(3)).isEqualTo(new byte[] { (byte) 0x8A, 1, 'p' });
			}
			return head.toString();
		}
	}

	private static List<String> lines(String answer) {
		return answer.toLowerCase(Locale.ROOT).lines().toList();
	}

	/**
	 * Section 4.2.2, point 5, with the key and value of section 1.3. Nothing is accepted
	 * that was not asked for, or is not known.
	 */
	@Test
	void aRequestIsAnsweredAsInTheExample() {
		String answer = answer(WebSocketStream.request("/",
				"Sec-WebSocket-Extensions: x-unknown, permessage-unknown; a=1\r\nX-Other: 1\r\n"));
		assertThat(answer).startsWith("HTTP/1.1 101 ").contains(": s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
		assertThat(lines(answer)).contains("upgrade: websocket", "connection: upgrade")
			.noneMatch((line) -> line.startsWith("sec-websocket-extensions"))
			.noneMatch((line) -> line.startsWith("sec-websocket-protocol"))
			.noneMatch((line) -> line.startsWith("content-length") || line.startsWith("transfer-encoding"));
	}

	/**
	 * Section 4.2.1: names and tokens in any case, in lists, between other headers.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Upgrade: websocket | UPGRADE: WebSocket", "Upgrade: websocket | upgrade:websocket",
					"Upgrade: websocket | Upgrade: h2c, websocket", "Connection: Upgrade | cOnNeCtIoN: uPGRADE",
					"Connection: Upgrade | Connection: keep-alive, Upgrade", "Sec-WebSocket-Key | SEC-WEBSOCKET-KEY",
					"Sec-WebSocket-Version: | sec-websocket-version:", "Host: localhost | HOST: localhost:8999",
					"GET / | GET /?query=1", "GET / | GET http://localhost/" })
	void whatSectionFourAllowsIsAccepted(String there, String instead) {
		assertThat(answer(WebSocketStream.request("/", "").replace(there, instead))).startsWith("HTTP/1.1 101 ")
			.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
	}

	/**
	 * Section 4.2.1, 11.3 for what may not be there twice, and 4.4 for the version. A key
	 * of 24 other characters is no row: the server need not decode it (section 1.3).
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = { "HTTP/1.1 | HTTP/1.0 | 400", "GET / | POST / | 426",
			"GET / | HEAD / | 426", "GET / | get / | 426", "Host: localhost | X: a | 400",
			"Host: localhost | \"Host: localhost\r\nHost: localhost\" | 400", "Upgrade: websocket | X: a | 426",
			"Upgrade: websocket | Upgrade: websocket2 | 426", "Connection: Upgrade | X: a | 400",
			"Connection: Upgrade | Connection: keep-alive | 400", "Sec-WebSocket-Key: | X: | 400",
			"dGhlIHNhbXBsZSBub25jZQ== | \"\" | 400", "dGhlIHNhbXBsZSBub25jZQ== | dGhlIHNhbXBsZSBub25j | 400",
			"dGhlIHNhbXBsZSBub25jZQ== | \"dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\" | 400",
			"Sec-WebSocket-Version: 13 | X: a | 426", "Version: 13 | Version: 8 | 426",
			"Version: 13 | Version: 14 | 426", "Version: 13 | \"Version: 13, 8\" | 426" })
	void whatSectionFourForbidsIsRefused(String there, String instead, int status) {
		String answer = answer(WebSocketStream.request("/", "").replace(there, instead));
		assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
		assertThat(lines(answer)).noneMatch((line) -> line.startsWith("sec-websocket-accept"));
		if (status == 426) {
			assertThat(lines(answer)).contains("sec-websocket-version: 13", "upgrade: websocket");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 50, 150 })
	void aRequestMayArriveInPieces(int piece) {
		byte[] request = WebSocketStream.request("/", "").getBytes(StandardCharsets.ISO_8859_1);
		try (SocketClient client = connect()) {
			for (int at = 0; at < request.length; at += piece) {
				client.sendRaw(Arrays.copyOfRange(request, at, Math.min(request.length, at + piece)));
			}
			assertThat(WebSocketRow.text(client.receiveRaw(13))).isEqualTo("HTTP/1.1 101 ");
		}
		catch (UncheckedIOException ex) {
			throw new AssertionError("refused", ex);
		}
	}

	/**
	 * Section 4.1 lets clients wait for the answer; who does not is not refused.
	 */
	@Test
	void aFrameMayFollowTheRequestAtOnce() {
		String request = WebSocketStream.request("/", "");
		try (SocketClient client = connect()) {
			client.sendRaw(
					WebSocketRow.bytes(request + WebSocketRow.frame(0x82, "at once") + WebSocketRow.close(1000, "")));
			String all = WebSocketRow.text(client.receiveAll());
			assertThat(all).startsWith("HTTP/1.1 101 ").contains("\r\n\r\n\u0082\u0007at once\u0088");
		}
	}

}
