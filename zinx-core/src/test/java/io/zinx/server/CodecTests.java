package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.zinx.InvalidSettingException;
import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FirstPacketCodec;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
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
	void aFixedLengthThatNoMessageMayHaveIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> ServerConfig.builder().codec(new FixedLengthCodec(5000)).build())
			.withMessage("max-packet-size: 4096 (expected: 5000 or more with codec fixed)");
	}

}
