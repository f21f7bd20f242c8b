package io.zinx.outbound;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnvelopeTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 125, 126, 127, 65_535, 65_536, 100_000 })
	void aClientReadsWhatIsInAnEnvelope(int length) {
		for (Envelope envelope : new Envelope[] { Envelope.WEB_SOCKET_BINARY, Envelope.WEB_SOCKET_TEXT }) {
			byte[] message = new byte[length];
			Arrays.fill(message, (byte) 'x');
			ByteBuf out = Unpooled.buffer();
			envelope.writeHead(length, out);
			assertThat(out.readableBytes()).isEqualTo(envelope.headLength(length));
			assertThat(Envelope.readHead(out.duplicate())).isEqualTo(length);
			EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
			client.writeInbound(out.writeBytes(message));
			WebSocketFrame frame = client.readInbound();
			assertThat(frame).isInstanceOf(
					envelope == Envelope.WEB_SOCKET_TEXT ? TextWebSocketFrame.class : BinaryWebSocketFrame.class);
			assertThat(frame.isFinalFragment()).isTrue();
			assertThat(frame.content().readableBytes()).isEqualTo(length);
			frame.release();
			client.finishAndReleaseAll();
		}
	}

	@Test
	void aStreamOfBytesHasNone() {
		ByteBuf out = Unpooled.buffer();
		Envelope.NONE.writeHead(7, out);
		assertThat(out.isReadable()).isFalse();
		assertThat(Envelope.NONE.headLength(1 << 20)).isZero();
	}

}
