package io.zinx.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import javax.net.ssl.SSLContext;

import io.zinx.codec.FrameCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.link.TlsMode;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.testing.ProxyHeaderBytes;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of all kinds on one port, whose first 600 bytes arrive in two pieces. Every
 * place with {@code -Dzinx.proof.splits=true}, as {@code .ci/proof links} sets it, else
 * some.
 */
class DividedFirstBytesTests {

	private static final int STEP = Boolean.getBoolean("zinx.proof.splits") ? 1 : 83;

	private static final int BODY = 600;

	@Test
	void aPortOfTlvServesThem() {
		assertAllAreServed(new TlvCodec(), ByteOrder.BIG_ENDIAN, 0);
	}

	@Test
	void aPortOfLtvServesThem() {
		assertAllAreServed(new LtvCodec(), ByteOrder.LITTLE_ENDIAN, 4);
	}

	private static void assertAllAreServed(FrameCodec codec, ByteOrder order, int idAt) {
		byte[] frame = new byte[8 + BODY];
		Arrays.fill(frame, (byte) 'x');
		ByteBuffer.wrap(frame).order(order).putInt(4 - idAt, BODY).putInt(idAt, 1);
		ServerConfigBuilder config = Setup.HASH_EPOLL.config()
			.codec(codec)
			.eventLoops(1)
			.sniffTimeout(Duration.ofSeconds(30))
			.webSocket(WebSocketSettings.onSamePort())
			.tls(TlsSettings.of(TestTls.serverContext()).withMode(TlsMode.OPTIONAL))
			.proxyProtocol(new ProxyProtocolSettings(ProxyProtocolMode.OPTIONAL, ProxyProtocolSettings.DEFAULT_TRUSTED,
					Duration.ofSeconds(5)));
		try (TestServer server = TestServer.start(config);
				SocketClient other = SocketClient.connectPlain(server.server().port())) {
			// The one event loop has read the first piece before it answers another
			// client.
			Runnable firstPieceIsRead = () -> assertIsServed(other, frame);
			for (int at = 1; at <= BODY; at += STEP) {
				for (byte[] header : List.of(new byte[0], ProxyHeaderBytes.v1(), ProxyHeaderBytes.v2())) {
					for (SSLContext tls : new SSLContext[] { null, TestTls.clientContext() }) {
						int port = server.server().port();
						try (SocketClient client = SocketClient.connectDivided(port, header, tls, at,
								firstPieceIsRead)) {
							assertIsServed(client, frame);
						}
						try (SocketClient client = SocketClient.connectDivided(port, header, tls, at, firstPieceIsRead)
							.webSocket("/", "")) {
							assertIsServed(client, frame);
						}
					}
				}
			}
		}
	}

	private static void assertIsServed(SocketClient client, byte[] frame) {
		assertThat(client.sendRaw(frame).receiveRaw(frame.length)).isEqualTo(frame);
	}

}
