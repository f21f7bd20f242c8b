package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.zinx.outbound.Envelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketMessagesTests {

	private static final int[] LENGTHS = { 0, 1, 125, 126, 300, 65_536 };

	private final EmbeddedChannel channel = new EmbeddedChannel(new WebSocketMessages());

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private static byte[] batch(Envelope envelope, int... lengths) {
		ByteBuf out = Unpooled.buffer();
		for (int length : lengths) {
			envelope.writeHead(length, out);
			byte[] message = new byte[length];
			Arrays.fill(message, (byte) length);
			out.writeBytes(message);
		}
		return ByteBufUtil.getBytes(out);
	}

	private List<String> frames() {
		List<String> frames = new ArrayList<>();
		for (WebSocketFrame frame = this.channel.readOutbound(); frame != null; frame = this.channel.readOutbound()) {
			byte[] content = ByteBufUtil.getBytes(frame.content());
			frames.add(frame.getClass().getSimpleName() + " " + content.length + " " + Arrays.hashCode(content));
			frame.release();
		}
		return frames;
	}

	private ChannelFuture write(byte[] bytes, int from, int to) {
		return this.channel.write(Unpooled.copiedBuffer(bytes, from, to - from));
	}

	@ParameterizedTest
	@EnumSource(value = Envelope.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
	void eachMessageIsOneFrame(Envelope envelope) {
		byte[] bytes = batch(envelope, LENGTHS);
		ChannelFuture written = write(bytes, 0, bytes.length);
		assertThat(written.isDone()).isFalse();
		this.channel.flush();
		assertThat(written.isSuccess()).isTrue();
		assertThat(frames()).hasSize(LENGTHS.length)
			.allMatch((frame) -> frame.startsWith((envelope == Envelope.WEB_SOCKET_TEXT) ? "Text" : "Binary"));
	}

	@Test
	void messagesMayBeDividedAnywhere() {
		byte[] bytes = batch(Envelope.WEB_SOCKET_BINARY, 0, 3, 130, 1);
		write(bytes, 0, bytes.length);
		this.channel.flush();
		List<String> whole = frames();
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second += 7) {
				List<ChannelFuture> written = List.of(write(bytes, 0, first), write(bytes, first, second),
						write(bytes, second, bytes.length));
				this.channel.flush();
				assertThat(frames()).isEqualTo(whole);
				assertThat(written).allMatch(ChannelFuture::isSuccess);
			}
		}
	}

	@Test
	void aWriteSucceedsWhenItsLastMessageIsWritten() {
		byte[] bytes = batch(Envelope.WEB_SOCKET_BINARY, 10, 10);
		ChannelFuture first = write(bytes, 0, 15);
		this.channel.flush();
		assertThat(frames()).hasSize(1);
		assertThat(first.isDone()).isFalse();
		ChannelFuture second = write(bytes, 15, bytes.length);
		this.channel.flush();
		assertThat(first.isSuccess()).isTrue();
		assertThat(second.isSuccess()).isTrue();
		frames();
	}

	@Test
	void aWriteFailsIfItsMessageIsNeverComplete() {
		ChannelFuture begun = write(batch(Envelope.WEB_SOCKET_BINARY, 10), 0, 5);
		this.channel.close();
		assertThat(begun.isDone()).isTrue();
		assertThat(begun.isSuccess()).isFalse();
	}

	@Test
	void otherFramesPass() {
		ByteBuf content = Unpooled.copiedBuffer("ping", StandardCharsets.US_ASCII);
		this.channel.writeOutbound(new PongWebSocketFrame(content), new BinaryWebSocketFrame());
		assertThat(frames()).satisfiesExactly((pong) -> assertThat(pong).startsWith("Pong"),
				(binary) -> assertThat(binary).startsWith("Binary"));
	}

}
