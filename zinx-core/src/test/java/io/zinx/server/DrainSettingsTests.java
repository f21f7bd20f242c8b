package io.zinx.server;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.connection.LateRequests;
import io.zinx.message.Message;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DrainSettingsTests {

	private static final DrainSettings DEFAULTS = DrainSettings.DEFAULTS;

	private static final Message REFUSAL = new Message(9, new byte[0]);

	private static final Duration NANO = Duration.ofNanos(1);

	@Test
	void timesOutOfRangeAreRefusedByTheNameOfTheProperty() {
		Duration less = NANO.negated();
		assertRefused(() -> DEFAULTS.withCloseWindow(less),
				"shutdown.close-window: PT-0.000000001S (expected: zero to one hour)");
		assertRefused(() -> DEFAULTS.withCloseWindow(Duration.ofHours(1).plus(NANO)),
				"shutdown.close-window: PT1H0.000000001S (expected: zero to one hour)");
		assertRefused(() -> DEFAULTS.withQuietPeriod(less),
				"shutdown.quiet-period: PT-0.000000001S (expected: zero to one minute)");
		assertRefused(() -> DEFAULTS.withQuietPeriod(Duration.ofMinutes(1).plus(NANO)),
				"shutdown.quiet-period: PT1M0.000000001S (expected: zero to one minute)");
		assertRefused(() -> DEFAULTS.withMaxConnAge(less, 0),
				"max-conn-age: PT-0.000000001S (expected: zero to 365 days)");
		assertRefused(() -> DEFAULTS.withMaxConnAge(Duration.ofDays(365).plus(NANO), 0),
				"max-conn-age: PT8760H0.000000001S (expected: zero to 365 days)");
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, 0.51, Double.NaN, Double.POSITIVE_INFINITY })
	void aJitterThatIsNoPartIsRefused(double jitter) {
		assertRefused(() -> DEFAULTS.withMaxConnAge(Duration.ofHours(1), jitter),
				"max-conn-age-jitter: " + jitter + " (expected: 0 to 0.5)");
	}

	@Test
	void theBoundsThemselvesAreAllowed() {
		DrainSettings most = DEFAULTS.withCloseWindow(Duration.ofHours(1))
			.withQuietPeriod(Duration.ofMinutes(1))
			.withMaxConnAge(Duration.ofDays(365), 0.5);
		DrainSettings least = most.withCloseWindow(Duration.ZERO)
			.withQuietPeriod(Duration.ZERO)
			.withMaxConnAge(Duration.ZERO, 0);
		assertThat(most.ageJitter()).isEqualTo(0.5);
		assertThat(least).isEqualTo(
				new DrainSettings(Duration.ZERO, Duration.ZERO, LateRequests.HANDLE, null, Duration.ZERO, 0, null));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFUSE")
	void aRefusalIsForThoseWhoRefuse(LateRequests lateRequests) {
		assertRefused(() -> DEFAULTS.withLateRequests(lateRequests, REFUSAL),
				"shutdown.refusal.msg-id: 9 (expected: not set with shutdown.late-requests=" + lateRequests + ")");
		assertThat(DEFAULTS.withLateRequests(lateRequests, null).refusal()).isNull();
		assertThat(DEFAULTS.withLateRequests(LateRequests.REFUSE, REFUSAL).refusal()).isEqualTo(REFUSAL);
	}

	@Test
	void changingOneSettingLeavesTheOthers() {
		Goodbye goodbye = (connection, reason) -> null;
		DrainSettings all = new DrainSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), LateRequests.REFUSE,
				REFUSAL, Duration.ofSeconds(3), 0.3, goodbye);
		assertThat(all.withCloseWindow(all.closeWindow())).isEqualTo(all);
		assertThat(all.withQuietPeriod(all.quietPeriod())).isEqualTo(all);
		assertThat(all.withLateRequests(LateRequests.REFUSE, REFUSAL)).isEqualTo(all);
		assertThat(all.withMaxConnAge(all.maxConnAge(), 0.3)).isEqualTo(all);
		assertThat(all.withGoodbye(goodbye)).isEqualTo(all);
		assertThat(DEFAULTS.withCloseWindow(all.closeWindow())
			.withQuietPeriod(all.quietPeriod())
			.withLateRequests(LateRequests.REFUSE, REFUSAL)
			.withMaxConnAge(all.maxConnAge(), 0.3)
			.withGoodbye(goodbye)).isEqualTo(all);
	}

	private static void assertRefused(ThrowingCallable settings, String message) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(settings)
			.withMessage(message)
			.satisfies((ex) -> assertThat(message).startsWith(ex.setting() + ": "));
	}

}
