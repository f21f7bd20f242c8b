package io.zinx.server;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

import io.netty.buffer.ByteBuf;
import io.zinx.admission.ConnectionSettings;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.lifecycle.StartStop.State;
import io.zinx.message.Message;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.CapturedLog;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServerRunTests {

	@Test
	void stopsAlthoughItsGoodbyeCannotBeEncoded() {
		Message goodbye = new Message(FailingCodec.UNSPEAKABLE, "bye".getBytes(StandardCharsets.UTF_8));
		try (TestServer server = TestServer
			.start(ServerConfig.builder().codec(new FailingCodec(new TlvCodec())).goodbye(goodbye));
				SocketClient client = server.connect()) {
			assertThat(client.send(1, "ping").receive().text()).isEqualTo("ping");
			server.server().stop();
			assertThat(server.server().state()).isEqualTo(State.STOPPED);
			client.awaitClose();
			assertThat(server.connections().size()).isZero();
		}
	}

	@Test
	void kicksAlthoughTheLastMessageCannotBeEncoded() {
		Message last = new Message(FailingCodec.UNSPEAKABLE, "bye".getBytes(StandardCharsets.UTF_8));
		try (CapturedLog log = new CapturedLog("io.zinx.connection.SendingConnection");
				TestServer server = TestServer.start(ServerConfig.builder()
					.codec(new FailingCodec(new TlvCodec()))
					.connections(ConnectionSettings.DEFAULTS.withLastMessages(last, null)));
				SocketClient client = server.connect()) {
			assertThat(client.send(1, "ping").receive().text()).isEqualTo("ping");
			server.onlyConnection().close(CloseReason.KICKED);
			client.awaitClose();
			server.awaitSize(0);
			assertThat(server.metrics().closed("kicked")).isOne();
			assertThat(log.thrown()).singleElement().asString().endsWith("As the test says\\nFAKE LINE");
		}
	}

	/**
	 * As when the system has no thread left.
	 */
	@Test
	void leavesNothingBehindIfItsKeepAliveThreadCannotStart() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		ServerConfig config = ServerConfig.builder().name("half-started").host("127.0.0.1").port(port).build();
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> new ServerRun(config, new ConnManager(10),
				new RouteRegistry().close(), ApplicationHooks.NONE, InstantSource.system(), (watch) -> {
					throw new OutOfMemoryError("unable to create native thread");
				}));
		try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(again.isBound()).isTrue();
		}
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("half-started")));
	}

	/**
	 * A codec of an application that throws when one message is written.
	 */
	private record FailingCodec(FrameCodec codec) implements FrameCodec {

		static final long UNSPEAKABLE = 13;

		@Override
		public String name() {
			return "failing";
		}

		@Override
		public FrameDecoder newDecoder(int maxPacketSize) {
			return this.codec.newDecoder(maxPacketSize);
		}

		@Override
		public int headLength() {
			return this.codec.headLength();
		}

		@Override
		public void writeHead(long msgId, int bodyLength, ByteBuf out) {
			if (msgId == UNSPEAKABLE) {
				throw new IllegalStateException("As the test says\nFAKE LINE");
			}
			this.codec.writeHead(msgId, bodyLength, out);
		}

	}

}
