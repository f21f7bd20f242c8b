package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.zinx.testing.WebSocketStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebSocketDecoderTests {

	private final WebSocketDecoder decoder = new WebSocketDecoder(1024, null);

	private final EmbeddedChannel channel = new EmbeddedChannel(this.decoder);

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private void receive(byte[] bytes) {
		this.channel.writeInbound(Unpooled.copiedBuffer(bytes));
	}

	private void receive(int oneByte) {
		receive(new byte[] { (byte) oneByte });
	}

	private static byte[] close(String bodyInHex) {
		return WebSocketStream.frame(0x88, HexFormat.of().parseHex(bodyInHex));
	}

	@Test
	void theRestOfAFrameIsAwaitedFromItsFirstByteToItsLast() {
		byte[] frame = WebSocketStream.frame(0x82, "a payload".repeat(20).getBytes(StandardCharsets.US_ASCII));
		for (int round = 0; round < 2; round++) {
			assertThat(this.decoder.isMidFrame()).isFalse();
			for (int index = 0; index < frame.length - 1; index++) {
				receive(frame[index]);
				assertThat(this.decoder.isMidFrame()).as("behind byte %d", index).isTrue();
			}
			receive(frame[frame.length - 1]);
			assertThat(this.decoder.isMidFrame()).isFalse();
			this.channel.<WebSocketFrame>readInbound().release();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "03e8", "0bb8", "1387", "03e8c3a4e282acf09f9880" })
	void aCloseFrameMayHaveACodeAndAText(String body) {
		receive(close(body));
		CloseWebSocketFrame frame = this.channel.readInbound();
		assertThat(frame.content().readableBytes()).isEqualTo(body.length() / 2);
		frame.release();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1388", "7fff", "8000", "ffff", "03e8c3", "03e8e282", "03e8f09f98", "03e861ed" })
	void aCloseFrameWithAnotherCodeOrAnotherTextIsNone(String body) {
		assertThatExceptionOfType(CorruptedWebSocketFrameException.class).isThrownBy(() -> receive(close(body)))
			.satisfies((violation) -> assertThat(violation.closeStatus().code()).isEqualTo(1002));
		receive(WebSocketStream.frame(0x82, new byte[3]));
		assertThat(this.channel.<Object>readInbound()).isNull();
	}

}
