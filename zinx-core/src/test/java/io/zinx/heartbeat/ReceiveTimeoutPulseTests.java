package io.zinx.heartbeat;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.connection.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReceiveTimeoutPulseTests {

	/** How late the wheel may be: a tick, another for the second look, and a step. */
	private static final long LATE = 250;

	@Test
	void aFrameThatDoesNotEndClosesHoweverBusyItsBytesAre() {
		try (PulseFixture fixture = frame(10)) {
			fixture.pass(60_000);
			begin(fixture);
			for (int millis = 0; millis < 9900; millis += 50) {
				fixture.pass(50);
				fixture.receive();
			}
			assertThat(fixture.connection().isOpen()).isTrue();
			for (int millis = 0; millis < 100 + LATE; millis += 50) {
				fixture.pass(50);
				fixture.receive();
			}
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
		}
	}

	@Test
	void eachFrameHasTheWholeTimeAndBetweenTwoThereIsNoLimit() {
		try (PulseFixture fixture = frame(10)) {
			for (int i = 0; i < 5; i++) {
				begin(fixture);
				fixture.pass(9900);
			}
			fixture.pulse().frameEnded();
			fixture.pass(100_000);
			assertThat(fixture.connection().isOpen()).isTrue();
			assertThat(fixture.armed()).isZero();
			begin(fixture);
			fixture.pass(9900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
			assertThat(fixture.armed()).isZero();
		}
	}

	@Test
	void theEndOfAFrameMayLieUnreadWhenTheEventLoopWasHeldUp() {
		try (PulseFixture fixture = frame(10)) {
			begin(fixture);
			fixture.stall(60_000);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.receive();
			fixture.pulse().frameEnded();
			fixture.pass(60_000);
			assertThat(fixture.connection().isOpen()).isTrue();
		}
	}

	@Test
	void theClockOfAFrameStandsStillWhileItsRestCannotCome() {
		for (Intake intake : new Intake[] { Intake.HELD, Intake.CONGESTED }) {
			try (PulseFixture fixture = frame(10)) {
				begin(fixture);
				fixture.pass(9500);
				fixture.pulse().intake(intake);
				fixture.pass(60_000);
				fixture.pulse().intake(Intake.OPEN);
				fixture.pass(9900);
				assertThat(fixture.connection().isOpen()).isTrue();
				fixture.pass(100 + LATE);
				assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
			}
		}
	}

	@Test
	void whoSendsNoWholeMessageInTimeIsClosed() {
		try (PulseFixture fixture = firstMessage(10)) {
			fixture.pass(5000);
			begin(fixture);
			fixture.pass(4900);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(100 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
		}
	}

	@Test
	void whoHasSentAMessageMayBeSilentForEver() {
		try (PulseFixture fixture = firstMessage(10)) {
			fixture.pass(9900);
			fixture.receive();
			fixture.connection().countMessages(1, 0);
			fixture.pass(1_000_000);
			assertThat(fixture.connection().isOpen()).isTrue();
			assertThat(fixture.armed()).isZero();
		}
	}

	@Test
	void bothGoTogetherWithHeartbeats() {
		ReceiveTimeouts both = new ReceiveTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(10));
		HeartbeatSettings heartbeat = HeartbeatSettings.builder(HeartbeatMode.CHECK_ONLY).build();
		try (PulseFixture fixture = new PulseFixture(heartbeat, IdleSettings.OFF, both)) {
			for (int i = 0; i < 4; i++) {
				fixture.pass(4900);
				fixture.receive();
			}
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.pass(400 + LATE);
			assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
		}
	}

	@Test
	void refusesDurationsThatCannotBe() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ReceiveTimeouts(Duration.ofSeconds(-1), Duration.ZERO))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("receive.first-message-timeout"));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ReceiveTimeouts(Duration.ZERO, Duration.ofDays(366)))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("receive.frame-timeout"));
	}

	private static void begin(PulseFixture fixture) {
		fixture.receive();
		fixture.pulse().frameBegun();
	}

	private static PulseFixture frame(int seconds) {
		return new PulseFixture(HeartbeatSettings.OFF, IdleSettings.OFF,
				new ReceiveTimeouts(Duration.ZERO, Duration.ofSeconds(seconds)));
	}

	private static PulseFixture firstMessage(int seconds) {
		return new PulseFixture(HeartbeatSettings.OFF, IdleSettings.OFF,
				new ReceiveTimeouts(Duration.ofSeconds(seconds), Duration.ZERO));
	}

}
