package io.zinx.link;

import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketCompressionTests {

	private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

	private static @Nullable WebSocketCompression agree(String... offers) {
		HttpHeaders headers = new DefaultHttpHeaders();
		for (String offer : offers) {
			headers.add(EXTENSIONS, offer);
		}
		return WebSocketCompression.agree(headers, 4096);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					permessage-deflate | permessage-deflate
					permessage-deflate; client_max_window_bits | permessage-deflate; client_max_window_bits=12
					permessage-deflate; client_max_window_bits=9; server_no_context_takeover | permessage-deflate; client_max_window_bits=9
					x-webkit-deflate-frame, permessage-deflate | permessage-deflate
					permessage-deflate; server_max_window_bits=10, permessage-deflate | permessage-deflate
					""")
	void itIsAgreedOnWithoutAMemory(String offer, String answer) {
		WebSocketCompression agreed = Objects.requireNonNull(agree(offer));
		assertThat(agreed.header().split("; ")).contains(answer.split("; "))
			.contains("server_no_context_takeover", "client_no_context_takeover")
			.hasSize(answer.split("; ").length + 2);
	}

	@Test
	void anOfferMayStandInALineOfItsOwn() {
		assertThat(agree("something-else", "permessage-deflate")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "something-else", "permessage-deflate; unknown", ";", ",", "=",
			"permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=many",
			"permessage-deflate; server_max_window_bits=10", "PERMESSAGE DEFLATE" })
	void anOfferThatCannotBeFulfilledIsDeclined(String offer) {
		assertThat(agree(offer)).isNull();
	}

	@Test
	void aClientThatOffersNothingGetsNone() {
		assertThat(agree()).isNull();
	}

	@Test
	void onlyTheFirstFrameOfAMessageMayBeMarked() {
		assertThat(WebSocketCompression.allows(new BinaryWebSocketFrame(false, 4, Unpooled.EMPTY_BUFFER))).isTrue();
		assertThat(WebSocketCompression.allows(new TextWebSocketFrame(true, 4, Unpooled.EMPTY_BUFFER))).isTrue();
		assertThat(WebSocketCompression.allows(new ContinuationWebSocketFrame(true, 0, Unpooled.EMPTY_BUFFER)))
			.isTrue();
		assertThat(WebSocketCompression.allows(new ContinuationWebSocketFrame(true, 4, Unpooled.EMPTY_BUFFER)))
			.isFalse();
		for (int bits : new int[] { 1, 2, 3, 5, 6, 7 }) {
			assertThat(WebSocketCompression.allows(new BinaryWebSocketFrame(true, bits, Unpooled.EMPTY_BUFFER)))
				.isFalse();
		}
	}

}
