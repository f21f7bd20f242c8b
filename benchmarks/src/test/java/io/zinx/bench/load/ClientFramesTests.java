package io.zinx.bench.load;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ClientFrames}, as Netty's decoder reads them.
 */
class ClientFramesTests {

	private static final int HEAD = 8;

	private final ClientFrames frames = new ClientFrames();

	private final EmbeddedChannel server = new EmbeddedChannel(
			new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
				.expectMaskedFrames(true)
				.allowMaskMismatch(false)
				.maxFramePayloadLength(FrameStream.WINDOW)
				.build()));

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 7, 64, 117, 118, 1024, 65_527, 65_528, 100_000 })
	void eachFrameIsAMessage(int length) {
		ByteBuffer two = ByteBuffer.allocate(2 * (HEAD + length)).put(frame(length)).put(frame(length)).flip();
		send(this.frames.wrap(two));
		assertThat(two.hasRemaining()).isFalse();
		assertThat(received()).isEqualTo(frame(length));
		assertThat(received()).isEqualTo(frame(length));
		assertThat(this.server.<Object>readInbound()).isNull();
	}

	@Test
	void takesOnlyWholeFrames() {
		byte[] frame = frame(20);
		for (int length = 0; length < frame.length; length++) {
			ByteBuffer bytes = ByteBuffer.allocate(100).put(frame).put(frame, 0, length).flip();
			send(this.frames.wrap(bytes));
			assertThat(bytes.remaining()).isEqualTo(length);
			assertThat(received()).isEqualTo(frame);
			assertThat(this.server.<Object>readInbound()).isNull();
		}
	}

	@Test
	void takesAsManyAsThereIsSpaceFor() {
		int count = 2 * FrameStream.WINDOW / HEAD;
		ByteBuffer bytes = ByteBuffer.allocate(count * HEAD);
		while (bytes.hasRemaining()) {
			bytes.put(frame(0));
		}
		bytes.flip();
		int messages = 0;
		while (bytes.hasRemaining()) {
			send(this.frames.wrap(bytes));
			for (Object message = this.server.readInbound(); message != null; message = this.server.readInbound()) {
				ReferenceCountUtil.release(message);
				messages++;
			}
		}
		assertThat(messages).isEqualTo(count);
	}

	@Test
	void theLongestFrameOfALoadHasSpace() {
		ByteBuffer bytes = ByteBuffer.wrap(frame(FrameStream.WINDOW - HEAD));
		assertThat(this.frames.wrap(bytes).hasRemaining()).isTrue();
		assertThat(bytes.hasRemaining()).isFalse();
	}

	@Test
	void eachMessageHasAMaskOfItsOwn() {
		Set<Integer> masks = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			masks.add(this.frames.wrap(ByteBuffer.wrap(frame(4))).getInt(2));
		}
		assertThat(masks).hasSize(1000).doesNotContain(0);
	}

	@Test
	void closes() {
		send(this.frames.close());
		CloseWebSocketFrame close = this.server.readInbound();
		assertThat(close.content().readableBytes()).isZero();
		close.release();
	}

	private void send(ByteBuffer bytes) {
		ByteBuf copy = Unpooled.copiedBuffer(bytes);
		this.server.writeInbound(copy);
	}

	private byte[] received() {
		BinaryWebSocketFrame message = this.server.readInbound();
		byte[] bytes = new byte[message.content().readableBytes()];
		message.content().readBytes(bytes);
		message.release();
		return bytes;
	}

	private static byte[] frame(int length) {
		ByteBuffer frame = ByteBuffer.allocate(HEAD + length).putInt(1).putInt(length);
		while (frame.hasRemaining()) {
			frame.put((byte) (frame.position() * 31));
		}
		return frame.array();
	}

}
