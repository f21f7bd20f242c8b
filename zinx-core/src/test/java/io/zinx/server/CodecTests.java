package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;
import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FirstPacketCodec;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecTests {

	/** An answer of this form can be read as TLV: message 16, four bytes. */
	private static final String TLV_IN_A_BODY = "000000100000000470696e67";

	@ParameterizedTest
	@EnumSource(Setup.class)
	void whatHtlvCannotExpressIsAFailedSend(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().codec(new HtlvCrcCodec()));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			assertThat(connection.send(256, new byte[1])).isEqualTo(SendResult.UNSENDABLE);
			assertThat(connection.send(99_999, new byte[1])).isEqualTo(SendResult.UNSENDABLE);
			assertThat(connection.send(1, new byte[256])).isEqualTo(SendResult.UNSENDABLE);
			assertThat(connection.send(255, new byte[255])).isEqualTo(SendResult.ACCEPTED);
			assertThat(connection.isOpen()).isTrue();
			assertThat(client.localPort()).isPositive();
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aWrongCheckSumClosesWithItsOwnReason(Setup setup) {
		try (TestServer server = TestServer.start(setup.config().codec(new HtlvCrcCodec()));
				SocketClient client = server.connect()) {
			Connection connection = server.onlyConnection();
			client.sendRaw(HexFormat.of().parseHex("a2100e0102030405060708091011121314050b")).awaitClose();
			Awaitility.await().until(() -> connection.closeReason() == CloseReason.BAD_CHECKSUM);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void linesAreAnsweredWithLines(Setup setup) {
		byte[] line = (new String(HexFormat.of().parseHex(TLV_IN_A_BODY), StandardCharsets.ISO_8859_1) + "\n")
			.getBytes(StandardCharsets.ISO_8859_1);
		try (TestServer server = TestServer.start(setup.config().codec(new DelimiterCodec()),
				(routes) -> routes.add(0, (request) -> request.reply(0, request.body())));
				SocketClient client = server.connect()) {
			SocketClient.Received received = client.sendRaw(line).receive();
			assertThat(received.msgId()).isEqualTo(16);
			assertThat(received.text()).isEqualTo("ping");
			assertThat(server.onlyConnection().bytesOut()).isEqualTo(line.length);
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void aFirstPacketIsAMessageBeforeAllFrames(Setup setup) {
		try (TestServer server = TestServer.start(
				setup.config().codec(new FirstPacketCodec(new FixedLengthCodec(4), 9, new TlvCodec())),
				(routes) -> routes.add(9, (request) -> request.reply(9, request.body())));
				SocketClient client = server.connect()) {
			client.sendRaw("8986".getBytes(StandardCharsets.US_ASCII)).send(1, "frame");
			assertThat(client.receive()).hasToString("message 9 \"8986\"");
			assertThat(client.receive()).hasToString("message 1 \"frame\"");
		}
	}

	@Test
	void bytesBetweenFramesAreCounted() {
		byte[] magic = { (byte) 0xCA, (byte) 0xFE };
		try (TestServer server = TestServer.start(
				ServerConfig.builder().codec(new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.RESYNC)),
				(routes) -> routes.add(9, (request) -> request.connection().sendRaw(request.body())));
				SocketClient client = server.connect()) {
			client
				.sendRaw(HexFormat.of().parseHex("cafe000000090000000141" + "dead" + "cafe000000090000000142" + "be"));
			assertThat(client.receiveRaw(2)).containsExactly('A', 'B');
			Awaitility.await().until(() -> server.metrics().bytesSkipped() == 3);
			assertThat(server.metrics().messagesIn()).isEqualTo(2);
			assertThat(server.metrics().bytesIn(9)).isEqualTo(2 * (2 + 8 + 1));
		}
	}

	@Test
	void whoSendsNoFrameForTooLongIsDisconnectedAndTheLogSaysWhy() {
		byte[] magic = { (byte) 0xCA, (byte) 0xFE };
		FrameCodec codec = new MagicPrefixCodec(new TlvCodec(), magic, OnMismatch.RESYNC, 1000);
		try (CapturedLog log = new CapturedLog("io.zinx.pipeline.FrameFault");
				TestServer server = TestServer.start(ServerConfig.builder().codec(codec));
				SocketClient client = server.connect()) {
			client.sendRaw(new byte[1001]).awaitClose();
			Awaitility.await().until(() -> server.metrics().closed("corrupt-frame") == 1);
			assertThat(log.lines()).singleElement()
				.asString()
				.contains("Connection 1 of ", " from /127.0.0.1:",
						"bytes belong to no frame (zinx.magic.max-skipped: 1000)");
		}
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void anHttpRequestIsAnsweredBeforeTheConnectionCloses(Setup setup) {
		try (CapturedLog log = new CapturedLog("io.zinx.pipeline.FrameFault");
				TestServer server = TestServer.start(setup.config());
				SocketClient client = server.connect()) {
			client.sendRaw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			String answer = new String(client.receiveAll(), StandardCharsets.US_ASCII);
			assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n")
				.contains("\r\nConnection: close\r\n")
				.endsWith("\r\n\r\nThis port speaks frames of tlv, not HTTP.\n");
			Awaitility.await().until(() -> server.metrics().closed("frame-too-long") == 1);
			assertThat(log.lines()).singleElement()
				.asString()
				.contains("It looks like an HTTP request", "answered with HTTP status 400");
		}
	}

	@Test
	void aCodecThatMakesNoDecoderIsAnErrorOfThisSide() {
		FrameCodec broken = new FrameCodec() {
			@Override
			public String name() {
				return "broken";
			}

			@Override
			public FrameDecoder newDecoder(int maxPacketSize) {
				throw new IllegalStateException("of a test");
			}

			@Override
			public int headLength() {
				return 0;
			}

			@Override
			public void writeHead(long msgId, int bodyLength, ByteBuf out) {
			}
		};
		try (TestServer server = TestServer.start(ServerConfig.builder().codec(broken));
				SocketClient client = server.connect()) {
			client.awaitClose();
			Awaitility.await().until(() -> server.metrics().closed("internal-error") == 1);
			server.awaitSize(0);
		}
	}

	@Test
	void aFixedLengthThatNoMessageMayHaveIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ServerConfig.builder().codec(new FixedLengthCodec(5000)).build())
			.withMessage("max-packet-size: 4096 (expected: 5000 bytes or more with codec fixed)");
	}

}
