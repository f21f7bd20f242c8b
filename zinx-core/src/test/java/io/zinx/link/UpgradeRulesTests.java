package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import io.zinx.metrics.UpgradeResult;
import io.zinx.testing.WebSocketStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UpgradeRulesTests {

	private static UpgradeRules rules(List<String> origins, List<String> subprotocols) {
		return new UpgradeRules(WebSocketSettings.onSamePort()
			.withPath("/chat")
			.withAllowedOrigins(origins.toArray(String[]::new))
			.withSubprotocols(subprotocols.toArray(String[]::new))
			.withHealthPath("/up"));
	}

	private static HttpRequest request(String text) {
		EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
		channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
		HttpRequest head = Objects.requireNonNull(channel.readInbound());
		ReferenceCountUtil.release(head);
		channel.finishAndReleaseAll();
		return head;
	}

	private static HttpRequest upgrade(String headers) {
		return request(WebSocketStream.request("/chat", headers));
	}

	private static @Nullable UpgradeResult result(UpgradeRules rules, HttpRequest request) {
		UpgradeRefusal refusal = rules.refusal(request);
		return (refusal != null) ? refusal.result() : null;
	}

	private static void assertRefused(String request, UpgradeResult result, int status) {
		UpgradeRefusal refusal = Objects.requireNonNull(rules(List.of(), List.of()).refusal(request(request)), request);
		assertThat(refusal.result()).isEqualTo(result);
		assertThat(refusal.status().code()).isEqualTo(status);
		assertThat(refusal.text()).isNotBlank();
	}

	@Test
	void theRequestOfTheStandardIsAccepted() {
		assertThat(rules(List.of(), List.of()).refusal(upgrade(""))).isNull();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "HTTP/1.1, HTTP/1.0, MALFORMED, 400", "GET, POST, NOT_UPGRADE, 426",
					"Upgrade: websocket, Upgrade: h2c, NOT_UPGRADE, 426",
					"Connection: Upgrade, Connection: close, MALFORMED, 400", "Version: 13, Version: 8, MALFORMED, 426",
					"dGhlIHNhbXBsZSBub25jZQ==, c2hvcnQ=, MALFORMED, 400", "/chat, /other, PATH, 404",
					"GET, G\u0001T, MALFORMED, 400" })
	void eachRuleHasAnAnswer(String there, String instead, UpgradeResult result, int status) {
		assertRefused(WebSocketStream.request("/chat", "").replace(there, instead), result, status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: localhost\r\n", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
			"Sec-WebSocket-Version: 13\r\n" })
	void someHeadersStandThereExactlyOnce(String header) {
		String request = WebSocketStream.request("/chat", "");
		int status = header.contains("Version") ? 426 : 400;
		assertRefused(request.replace(header, ""), UpgradeResult.MALFORMED, status);
		assertRefused(request.replace(header, header + header), UpgradeResult.MALFORMED, status);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "http://localhost/chat, /chat, -", "HTTPS://a:1/chat?b=c, /chat, b=c",
			"http://localhost, /, -", "http://localhost?b, /, b", "/http://localhost, /http://localhost, -" })
	void aRequestMayNameItsWholeAddress(String uri, String path, @Nullable String query) {
		WebSocketHandshake handshake = rules(List.of(), List.of()).handshake(request(WebSocketStream.request(uri, "")),
				false);
		assertThat(handshake.path()).isEqualTo(path);
		assertThat(handshake.query()).isEqualTo(query);
	}

	@Test
	void aHeadThatIsTooLongIsRefused() {
		assertRefused(WebSocketStream.request("/chat?" + "x".repeat(5000), ""), UpgradeResult.TOO_LONG, 431);
		assertRefused(WebSocketStream.request("/chat", "X: " + "x".repeat(9000) + "\r\n"), UpgradeResult.TOO_LONG, 431);
	}

	@Test
	void healthChecksAreAnswered() {
		assertRefused("GET /up HTTP/1.1\r\nHost: a\r\n\r\n", UpgradeResult.HEALTH, 200);
		assertRefused("HEAD /up HTTP/1.0\r\n\r\n", UpgradeResult.HEALTH, 200);
		assertRefused("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", UpgradeResult.NOT_UPGRADE, 426);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Origin: http://localhost\r\n", "Origin: https://LOCALHOST:8443\r\n",
			"Origin: https://example.org\r\n", "Origin: HTTPS://EXAMPLE.ORG\r\n" })
	void pagesOfAllowedOriginsMayConnect(String origin) {
		assertThat(result(rules(List.of("https://example.org"), List.of()), upgrade(origin))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://example.org", "https://example.org:8443", "https://localhost.example.com", "null",
			"https://[", "file://" })
	void pagesOfOthersMayNot(String origin) {
		HttpRequest request = upgrade("Origin: " + origin + "\r\n");
		assertThat(result(rules(List.of("https://example.org"), List.of()), request)).isEqualTo(UpgradeResult.ORIGIN);
		assertThat(result(rules(List.of("*"), List.of()), request)).isNull();
	}

	@Test
	void theFirstSubprotocolThatIsKnownIsConfirmed() {
		HttpRequest several = upgrade("Sec-WebSocket-Protocol: v3, v2\r\nSec-WebSocket-Protocol: v1\r\n");
		assertThat(rules(List.of(), List.of("v1", "v2")).subprotocol(several.headers())).isEqualTo("v2");
		assertThat(rules(List.of(), List.of()).subprotocol(several.headers())).isEqualTo("v3");
		assertThat(rules(List.of(), List.of()).subprotocol(upgrade("").headers())).isNull();
		assertThat(result(rules(List.of(), List.of("v4")), several)).isEqualTo(UpgradeResult.SUBPROTOCOL);
		assertThat(result(rules(List.of(), List.of("v4")), upgrade(""))).isNull();
	}

}
