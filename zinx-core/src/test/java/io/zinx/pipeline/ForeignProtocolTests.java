package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignProtocolTests {

	private static @Nullable ForeignProtocol of(String text) {
		ByteBuf in = Unpooled.copiedBuffer("--" + text, StandardCharsets.US_ASCII);
		return ForeignProtocol.of(in, 2);
	}

	private static @Nullable ForeignProtocol ofHex(String hex) {
		return ForeignProtocol.of(Unpooled.copiedBuffer(HexFormat.of().parseHex(hex)), 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\n", "HEAD /x", "POST /", "PUT /a", "DELETE /a", "PATCH /a", "OPTIONS *",
			"OPTIONS /", "TRACE /", "CONNECT example.org:443", "PRI * HTTP/2.0\r\n\r\nSM", "GET ", "POST", "OPTI" })
	void aRequestIsHttp(String text) {
		assertThat(of(text)).isEqualTo(ForeignProtocol.HTTP);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "G", "GET", "GETTING", "get /", "GET x", "POSTCARD", "ping", "SSH-2.0-x" })
	void otherTextIsNot(String text) {
		assertThat(of(text)).isNull();
	}

	/**
	 * The version of the record differs from client to client, its length with what is in
	 * it.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "16030100f901", "160301020001000001fc0303", "16030306880100", "160304000501" })
	void aClientHelloIsTls(String hex) {
		assertThat(ofHex(hex)).isEqualTo(ForeignProtocol.TLS);
	}

	@Test
	void otherBytesAreNot() {
		assertThat(ofHex("16030100f9")).isNull();
		assertThat(ofHex("160301000502")).isNull();
		assertThat(ofHex("170301000501")).isNull();
		assertThat(ofHex("160201000501")).isNull();
		assertThat(ofHex("0000000100001001")).isNull();
	}

}
