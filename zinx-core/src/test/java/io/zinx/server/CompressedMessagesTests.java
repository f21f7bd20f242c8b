package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import io.zinx.connection.CloseReason;
import io.zinx.link.WebSocketSettings;
import io.zinx.testing.SocketClient;
import io.zinx.testing.WebSocketStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * WebSocket messages that are compressed with permessage-deflate (RFC 7692), by a client
 * that compresses with the JDK's classes.
 */
class CompressedMessagesTests {

	private static final int PLAIN = 0x82;

	private static final int COMPRESSED = 0xC2;

	private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

	private static TestServer start(Setup setup) {
		return TestServer.start(setup.config().webSocket(WebSocketSettings.onSamePort().withCompression(true)));
	}

	private static SocketClient connect(TestServer server) {
		return SocketClient.connectBehind(server.server().port(), new byte[0], null).webSocket("/", OFFER);
	}

	/**
	 * Compress as section 7.2.1 says.
	 */
	private static byte[] deflate(byte[] message) {
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
		deflater.setInput(message);
		byte[] out = new byte[message.length + 1024];
		int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
		deflater.end();
		return Arrays.copyOf(out, length - 4);
	}

	/**
	 * Decompress the frame of a server as section 7.2.2 says.
	 */
	private static byte[] inflate(byte[] frame) {
		Inflater inflater = new Inflater(true);
		byte[] input = Arrays.copyOfRange(frame, 1, frame.length + 4);
		input[input.length - 1] = (byte) 0xFF;
		input[input.length - 2] = (byte) 0xFF;
		inflater.setInput(input);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		byte[] part = new byte[8192];
		try {
			for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
				out.write(part, 0, length);
			}
		}
		catch (DataFormatException ex) {
			throw new AssertionError("Not compressed", ex);
		}
		finally {
			inflater.end();
		}
		return out.toByteArray();
	}

	private static byte[] frame(int length) {
		return SocketClient.frame(1, "x".repeat(length));
	}

	@ParameterizedTest
	@EnumSource(Setup.class)
	void messagesOfSomeLengthAreCompressedBothWays(Setup setup) throws IOException {
		try (TestServer server = start(setup); SocketClient client = connect(server)) {
			WebSocketStream frames = client.frames();
			for (int length : new int[] { 4000, 503, 504, 0, 4096 }) {
				byte[] message = frame(length);
				frames.sendRaw(WebSocketStream.frame(COMPRESSED, deflate(message)));
				byte[] answer = frames.receiveFrame();
				boolean compressed = message.length >= 512;
				assertThat(answer[0] & 0xFF).as("length %s", length).isEqualTo(compressed ? COMPRESSED : PLAIN);
				assertThat(compressed ? inflate(answer) : Arrays.copyOfRange(answer, 1, answer.length))
					.isEqualTo(message);
				assertThat(answer.length).isLessThan(compressed ? 100 : 520);
			}
			frames.sendRaw(WebSocketStream.frame(PLAIN, frame(1000)));
			assertThat(inflate(frames.receiveFrame())).isEqualTo(frame(1000));
			assertThat(server.onlyConnection().webSocket()).isNotNull().matches((request) -> request.compressed());
		}
	}

	@Test
	void aMessageMayBeInSeveralFramesWithOthersInBetween() throws IOException {
		byte[] random = new byte[2000];
		new Random(42).nextBytes(random);
		byte[] message = SocketClient.frame(1, random);
		byte[] bytes = deflate(message);
		try (TestServer server = start(Setup.HASH_EPOLL); SocketClient client = connect(server)) {
			WebSocketStream frames = client.frames();
			frames.sendRaw(WebSocketStream.frame(0x42, Arrays.copyOf(bytes, 700)));
			frames.sendRaw(WebSocketStream.frame(0x89, new byte[] { 'p' }));
			frames.sendRaw(WebSocketStream.frame(0x00, new byte[0]));
			frames.sendRaw(WebSocketStream.frame(0x00, Arrays.copyOfRange(bytes, 700, 701)));
			frames.sendRaw(WebSocketStream.frame(0x80, Arrays.copyOfRange(bytes, 701, bytes.length)));
			assertThat(frames.receiveFrame()).isEqualTo(new byte[] { (byte) 0x8A, 'p' });
			assertThat(inflate(frames.receiveFrame())).isEqualTo(message);
		}
	}

	@Test
	void aBroadcastReachesEachClientInItsWay() throws IOException {
		try (TestServer server = start(Setup.HASH_EPOLL);
				SocketClient compressing = connect(server);
				SocketClient webSocket = SocketClient.connectBehind(server.server().port(), new byte[0], null)
					.webSocket("/", "");
				SocketClient plain = SocketClient.connectPlain(server.server().port())) {
			for (SocketClient each : List.of(webSocket, plain)) {
				assertThat(each.send(1, "here").receive().text()).isEqualTo("here");
			}
			compressing.send(1, "here");
			compressing.frames().receiveFrame();
			byte[] body = new byte[3000];
			for (int round = 0; round < 3; round++) {
				assertThat(server.connections().broadcast(7, body).reached()).isEqualTo(3);
				server.connections().broadcast(8, new byte[] { 1 });
				assertThat(inflate(compressing.frames().receiveFrame())).isEqualTo(SocketClient.frame(7, body));
				assertThat(compressing.frames().receiveFrame()).hasSize(10);
				for (SocketClient each : List.of(webSocket, plain)) {
					assertThat(each.receive().body()).isEqualTo(body);
					assertThat(each.receive().body()).hasSize(1);
				}
			}
		}
	}

	@Test
	void aBombIsNoLargerThanAMessageMayBe() throws IOException {
		assertClosed(1009, CloseReason.FRAME_TOO_LONG, WebSocketStream.frame(COMPRESSED, deflate(new byte[1 << 20])));
		assertClosed(1009, CloseReason.FRAME_TOO_LONG, WebSocketStream.frame(COMPRESSED, deflate(new byte[4096 + 9])));
	}

	@Test
	void whatCannotBeDecompressedIsCorrupt() throws IOException {
		byte[] garbage = new byte[100];
		Arrays.fill(garbage, (byte) 0xFF);
		assertClosed(1002, CloseReason.CORRUPT_FRAME, WebSocketStream.frame(COMPRESSED, garbage));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xA2, 0x92, 0xE2, 0xC9, 0xC0, 0xC8 })
	void reservedBitsThatCompressionDoesNotUseAreRefused(int firstByte) throws IOException {
		assertClosed(1002, CloseReason.CORRUPT_FRAME, WebSocketStream.frame(firstByte, new byte[] { 3, (byte) 0xE8 }));
	}

	@Test
	void aClientThatDidNotAskForItMayNotCompress() throws IOException {
		try (TestServer server = start(Setup.HASH_EPOLL);
				SocketClient client = SocketClient.connectBehind(server.server().port(), new byte[0], null)
					.webSocket("/", "")) {
			client.frames().sendRaw(WebSocketStream.frame(COMPRESSED, deflate(frame(1000))));
			client.frames().receiveFrame();
			assertThat(client.frames().closeCode()).isEqualTo(1002);
		}
	}

	private static void assertClosed(int code, CloseReason reason, byte[] frame) throws IOException {
		try (TestServer server = start(Setup.HASH_EPOLL); SocketClient client = connect(server)) {
			client.frames().sendRaw(frame);
			client.frames().receiveFrame();
			assertThat(client.frames().closeCode()).isEqualTo(code);
			server.awaitSize(0);
			assertThat(server.metrics().closed(reason.toString())).isOne();
		}
	}

}
