package io.zinx.link;

import java.time.Duration;
import java.util.List;

import io.zinx.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WebSocketSettingsTests {

	private static WebSocketSettings settings(String path, List<String> origins, List<String> subprotocols,
			@Nullable String healthPath) {
		return new WebSocketSettings(0, false, path, false, 125, Duration.ZERO, Duration.ofMillis(1), origins,
				subprotocols, healthPath);
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
		assertRefused("websocket.path", () -> settings(path, List.of(), List.of(), null));
		assertRefused("websocket.health-path", () -> settings("/", List.of(), List.of(), path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.org", "https://example.org/", "https://example.org/chat", "https://", "", "[" })
	void anOriginThatNoBrowserSendsIsRefused(String origin) {
		assertRefused("websocket.allowed-origins", () -> settings("/", List.of(origin), List.of(), null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a,b", "a\u00e4" })
	void aSubprotocolThatCannotBeSentIsRefused(String subprotocol) {
		assertRefused("websocket.subprotocols", () -> settings("/", List.of(), List.of(subprotocol), null));
	}

	@Test
	void limitsAreChecked() {
		assertRefused("websocket.max-frame-size", () -> new WebSocketSettings(0, false, "/", false, 124, Duration.ZERO,
				Duration.ofSeconds(1), List.of(), List.of(), null));
		assertRefused("websocket.ping-interval", () -> new WebSocketSettings(0, false, "/", false, 125,
				Duration.ofMillis(-1), Duration.ofSeconds(1), List.of(), List.of(), null));
		assertRefused("websocket.upgrade-timeout", () -> new WebSocketSettings(0, false, "/", false, 125, Duration.ZERO,
				Duration.ZERO, List.of(), List.of(), null));
		assertThat(settings("/", List.of("*", "http://localhost:8080"), List.of("v1.chat"), "/up").maxFrameSize())
			.isEqualTo(125);
	}

	private static void assertRefused(String setting, Runnable creation) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(creation::run)
			.withMessageContaining(setting + ":");
	}

}
