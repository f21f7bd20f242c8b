package io.zinx.link;

import java.time.Duration;
import java.util.List;

import io.zinx.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebSocketSettingsTests {

	private static WebSocketSettings settings() {
		return WebSocketSettings.onPort(0);
	}

	@Test
	void theyAcceptConnectionsSomewhere() {
		assertThat(WebSocketSettings.onPort(0).hasPort()).isTrue();
		assertThat(WebSocketSettings.onPort(0).samePort()).isFalse();
		assertThat(WebSocketSettings.onSamePort().hasPort()).isFalse();
		assertRefused("websocket.port", () -> WebSocketSettings.onPort(-1));
		assertRefused("websocket.port", () -> WebSocketSettings.onPort(65_536));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "chat", "/chat?room=7", "/chat#room" })
	void aPathThatNoRequestHasIsRefused(String path) {
		assertRefused("websocket.path", () -> settings().withPath(path));
		assertRefused("websocket.health-path", () -> settings().withHealthPath(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "https://example.org/", "https://example.org/chat", "https://", "", "[" })
	void anOriginThatNoBrowserSendsIsRefused(String origin) {
		assertRefused("websocket.allowed-origins", () -> settings().withAllowedOrigins(origin));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a,b", "a\u00e4" })
	void aSubprotocolThatCannotBeSentIsRefused(String subprotocol) {
		assertRefused("websocket.subprotocols", () -> settings().withSubprotocols(subprotocol));
	}

	@Test
	void limitsAreChecked() {
		assertRefused("websocket.max-frame-size", () -> settings().withMaxFrameSize(124));
		assertRefused("websocket.ping-interval", () -> settings().withPingInterval(Duration.ofMillis(-1)));
		assertRefused("websocket.upgrade-timeout", () -> settings().withUpgradeTimeout(Duration.ZERO));
	}

	@Test
	void eachIsChangedByItself() {
		assertThat(settings().withPath("/chat")
			.withText(true)
			.withMaxFrameSize(125)
			.withPingInterval(Duration.ofSeconds(1))
			.withUpgradeTimeout(Duration.ofSeconds(2))
			.withAllowedOrigins("*", "http://localhost:8080")
			.withSubprotocols("v1.chat")
			.withHealthPath("/up")
			.withCompression(true))
			.isEqualTo(new WebSocketSettings(0, false, "/chat", true, 125, Duration.ofSeconds(1), Duration.ofSeconds(2),
					List.of("*", "http://localhost:8080"), List.of("v1.chat"), "/up", true));
	}

	private static void assertRefused(String setting, Runnable creation) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(creation::run)
			.withMessageContaining(setting + ":");
	}

}
