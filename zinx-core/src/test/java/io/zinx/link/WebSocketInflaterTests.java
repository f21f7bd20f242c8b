package io.zinx.link;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebSocketInflaterTests {

	private static final int MAX = 4104;

	private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketInflater(MAX));

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private static byte[] deflate(byte[] message, int level, int flush) {
		Deflater deflater = new Deflater(level, true);
		deflater.setInput(message);
		if (flush == Deflater.NO_FLUSH) {
			deflater.finish();
		}
		byte[] out = new byte[message.length + 1024];
		int length = deflater.deflate(out, 0, out.length, flush);
		deflater.end();
		return Arrays.copyOf(out, length);
	}

	private static byte[] compressed(byte[] message, int level) {
		byte[] flushed = deflate(message, level, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(flushed, flushed.length - 4);
	}

	private static byte[] random(int length) {
		byte[] random = new byte[length];
		new Random(42).nextBytes(random);
		return random;
	}

	private static WebSocketFrame frame(byte[] content) {
		return new BinaryWebSocketFrame(true, 4, Unpooled.wrappedBuffer(content));
	}

	private byte[] read() {
		WebSocketFrame frame = Objects.requireNonNull(this.channel.readInbound());
		assertThat(frame.rsv()).isZero();
		byte[] content = ByteBufUtil.getBytes(frame.content());
		frame.release();
		return content;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 511, 512, 4000, MAX - 1, MAX })
	void aMessageIsWhatItWas(int length) {
		for (byte[] message : new byte[][] { random(length), new byte[length] }) {
			for (int level : new int[] { 0, 1, 9 }) {
				this.channel.writeInbound(frame(compressed(message, level)));
				assertThat(read()).isEqualTo(message);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { MAX + 1, MAX + 64, 10_000, 1 << 20 })
	void aFrameThatBecomesLongerThanAMessageMayBeIsRefused(int length) {
		for (byte[] message : new byte[][] { random(length), new byte[length] }) {
			assertThatExceptionOfType(CorruptedWebSocketFrameException.class)
				.isThrownBy(() -> this.channel.writeInbound(frame(compressed(message, 9))))
				.withMessageContaining("4104 bytes")
				.satisfies((ex) -> assertThat(ex.closeStatus().code()).isEqualTo(1009));
		}
	}

	@Test
	void aMessageMayBeDividedAnywhere() {
		byte[] message = random(300);
		byte[] bytes = compressed(message, 6);
		for (int at = 0; at <= bytes.length; at++) {
			this.channel.writeInbound(new TextWebSocketFrame(false, 4, Unpooled.copiedBuffer(bytes, 0, at)),
					new ContinuationWebSocketFrame(false, 0, Unpooled.EMPTY_BUFFER),
					new ContinuationWebSocketFrame(true, 0, Unpooled.copiedBuffer(bytes, at, bytes.length - at)));
			ByteArrayOutputStream whole = new ByteArrayOutputStream();
			for (int frames = 0; frames < 3; frames++) {
				whole.writeBytes(read());
			}
			assertThat(whole.toByteArray()).as("divided at %s", at).isEqualTo(message);
		}
	}

	@Test
	void otherBlocksMayFollowTheLastOne() {
		byte[] first = deflate(random(100), 6, Deflater.NO_FLUSH);
		byte[] second = deflate(new byte[1000], 6, Deflater.NO_FLUSH);
		ByteArrayOutputStream both = new ByteArrayOutputStream();
		both.writeBytes(first);
		both.writeBytes(second);
		both.write(0);
		this.channel.writeInbound(frame(both.toByteArray()));
		assertThat(read()).hasSize(1100).startsWith(random(100)).endsWith(new byte[1000]);
	}

	@Test
	void otherFramesPassAsTheyAre() {
		byte[] text = "text".getBytes(StandardCharsets.US_ASCII);
		this.channel.writeInbound(new BinaryWebSocketFrame(false, 0, Unpooled.copiedBuffer(text)),
				new ContinuationWebSocketFrame(true, 0, Unpooled.copiedBuffer(text)),
				new PingWebSocketFrame(Unpooled.copiedBuffer(text)));
		for (int frames = 0; frames < 3; frames++) {
			assertThat(read()).isEqualTo(text);
		}
	}

	@Test
	void theEndIsSeenBehindWhatCannotBeDecompressed() {
		byte[] garbage = new byte[100];
		Arrays.fill(garbage, (byte) 0xFF);
		assertThatExceptionOfType(CorruptedWebSocketFrameException.class)
			.isThrownBy(() -> this.channel.writeInbound(frame(garbage)))
			.satisfies((ex) -> assertThat(ex.closeStatus().code()).isEqualTo(1002));
		assertThat(this.channel.finishAndReleaseAll()).isFalse();
	}

	@Test
	void garbageOfAnyKindHasAnEnd() {
		Random random = new Random(7);
		for (int round = 0; round < 2000; round++) {
			byte[] garbage = new byte[random.nextInt(60)];
			random.nextBytes(garbage);
			EmbeddedChannel client = new EmbeddedChannel(new WebSocketInflater(MAX));
			try {
				client.writeInbound(frame(garbage));
			}
			catch (CorruptedWebSocketFrameException ex) {
				assertThat(ex.closeStatus().code()).isIn(1002, 1009);
			}
			client.finishAndReleaseAll();
		}
	}

}
