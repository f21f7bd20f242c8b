package io.zinx.server;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.zinx.connection.CloseReason;
import io.zinx.inbound.InboundStatus;
import io.zinx.link.TlsSettings;
import io.zinx.link.WebSocketSettings;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestTls;
import io.zinx.testing.WebSocketStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of frames and records that are incomplete before there are messages.
 */
class LinkMemoryTests {

	private static final int LENGTH = 60_000;

	private static SocketClient webSocket(TestServer server, String headers) {
		return SocketClient.connectBehind(server.server().port(), new byte[0], null).webSocket("/", headers);
	}

	private static byte[] halfFrame() {
		return Arrays.copyOf(WebSocketStream.frame(0x82, new byte[LENGTH]), LENGTH / 2);
	}

	private static void awaitHeld(TestServer server, long atLeast) {
		Awaitility.await().until(() -> server.server().inbound().bytes() >= atLeast);
	}

	private static void awaitNothing(TestServer server) {
		Awaitility.await().until(() -> server.server().inbound().equals(InboundStatus.NOTHING));
	}

	@Test
	void anIncompleteWebSocketFrameCountsUntilItIsComplete() throws IOException {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().webSocket(WebSocketSettings.onSamePort());
		try (TestServer server = TestServer.start(config.maxPacketSize(100_000));
				SocketClient client = webSocket(server, "")) {
			byte[] message = SocketClient.frame(1, new byte[LENGTH]);
			byte[] frame = WebSocketStream.frame(0x82, message);
			client.frames().sendRaw(Arrays.copyOf(frame, 40_000));
			awaitHeld(server, 39_000);
			client.frames().sendRaw(Arrays.copyOfRange(frame, 40_000, frame.length));
			assertThat(client.receive().body()).hasSize(LENGTH);
			awaitNothing(server);
		}
	}

	@Test
	void whatDecompressesAMessageCountsUntilItsEnd() throws IOException {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config()
			.webSocket(WebSocketSettings.onSamePort().withCompression(true));
		try (TestServer server = TestServer.start(config);
				SocketClient client = webSocket(server, "Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
			client.frames().sendRaw(WebSocketStream.frame(0x42, new byte[] { 0 }));
			awaitHeld(server, 32 * 1024);
			client.frames().sendRaw(WebSocketStream.frame(0x80, new byte[] { 0, 0, (byte) 0xFF, (byte) 0xFF, 0 }));
			awaitNothing(server);
		}
	}

	@Test
	void anIncompleteTlsRecordCounts() throws IOException {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config().tls(TlsSettings.of(TestTls.serverContext()));
		try (TestServer server = TestServer.start(config.maxPacketSize(100_000));
				HalfSocket socket = new HalfSocket(server.server().port());
				Socket tls = TestTls.clientContext().getSocketFactory().createSocket(socket, "localhost", 0, true)) {
			tls.getOutputStream().write(SocketClient.frame(1, "hello"));
			assertThat(tls.getInputStream().readNBytes(13)).endsWith("hello".getBytes(StandardCharsets.US_ASCII));
			awaitNothing(server);
			socket.half = true;
			tls.getOutputStream().write(SocketClient.frame(1, new byte[16_000]));
			awaitHeld(server, 7_000);
		}
	}

	@Test
	void theOldestIncompleteFramesAreClosedIfTheyTakeTheBudget() throws IOException {
		ServerConfigBuilder config = Setup.HASH_EPOLL.config()
			.eventLoops(1)
			.inboundTotalMaxBytes(1 << 20)
			.webSocket(WebSocketSettings.onSamePort());
		try (TestServer server = TestServer.start(config)) {
			List<SocketClient> slow = new ArrayList<>();
			for (int client = 0; client < 60; client++) {
				slow.add(webSocket(server, ""));
				slow.get(client).frames().sendRaw(halfFrame());
			}
			Awaitility.await().until(() -> server.metrics().closed(CloseReason.INBOUND_FULL.toString()) > 0);
			slow.get(0).frames().receiveFrame();
			assertThat(slow.get(0).frames().closeCode()).isEqualTo(4013);
			try (SocketClient honest = webSocket(server, "")) {
				assertThat(honest.send(1, "hello").receive().text()).isEqualTo("hello");
			}
			assertThat(server.server().inbound().bytes()).isLessThan(1 << 20);
			slow.forEach(SocketClient::close);
			server.awaitSize(0);
			awaitNothing(server);
		}
	}

	/** A socket that sends only the first half of what is written, if it is told so. */
	private static final class HalfSocket extends Socket {

		private volatile boolean half;

		HalfSocket(int port) throws IOException {
			super(InetAddress.getLoopbackAddress(), port);
		}

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {
				@Override
				public void write(byte[] bytes, int from, int length) throws IOException {
					this.out.write(bytes, from, HalfSocket.this.half ? length / 2 : length);
				}
			};
		}

	}

}
