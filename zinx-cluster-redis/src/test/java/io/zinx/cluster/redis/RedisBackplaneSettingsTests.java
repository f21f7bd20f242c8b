package io.zinx.cluster.redis;

import java.time.Duration;
import java.util.function.Consumer;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.zinx.InvalidSettingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The settings of a backplane.
 */
class RedisBackplaneSettingsTests {

	private static final RedisBackplaneSettings SETTINGS = RedisBackplaneSettings
		.of(RedisURI.create("redis://ann:secret@localhost"));

	@Test
	void eachSettingCanBeChangedAndLeavesTheOthers() {
		SslOptions ssl = SslOptions.create();
		RedisBackplaneSettings changed = SETTINGS.withClientName("chat")
			.withCommandTimeout(Duration.ofMillis(1))
			.withConnectTimeout(Duration.ofHours(1))
			.withSslOptions(ssl)
			.withRequestQueueSize(1)
			.withMaxUnanswered(2)
			.withProbeTopic("probe");
		assertThat(changed).isEqualTo(new RedisBackplaneSettings(SETTINGS.uri(), "chat", Duration.ofMillis(1),
				Duration.ofHours(1), ssl, 1, 2, "probe"));
	}

	@Test
	void aValueOutOfRangeIsRefusedWithItsName() {
		assertRefused("command-timeout", (settings) -> settings.withCommandTimeout(Duration.ZERO));
		assertRefused("command-timeout", (settings) -> settings.withCommandTimeout(Duration.ofHours(2)));
		assertRefused("connect-timeout", (settings) -> settings.withConnectTimeout(Duration.ofMillis(-1)));
		assertRefused("request-queue-size", (settings) -> settings.withRequestQueueSize(0));
		assertRefused("max-unanswered", (settings) -> settings.withMaxUnanswered(0));
	}

	private static void assertRefused(String name, Consumer<RedisBackplaneSettings> change) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> change.accept(SETTINGS))
			.extracting(InvalidSettingException::setting)
			.isEqualTo(name);
	}

	@Test
	void theTextDoesNotContainThePassword() {
		assertThat(SETTINGS.toString()).contains("localhost").doesNotContain("secret");
	}

}
