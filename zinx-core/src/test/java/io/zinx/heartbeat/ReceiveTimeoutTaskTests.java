package io.zinx.heartbeat;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.connection.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReceiveTimeoutTaskTests {

	/** How late the wheel may be: a tick, another for the second look, and a step. */
	private static final long LATE = 250;

	@Test
	void aFrameThatDoesNotEndClosesHoweverBusyItsBytesAre() {
		try (KeepAliveFixture fixture = frame(10)) {
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
		try (KeepAliveFixture fixture = frame(10)) {
			for (int i = 0; i < 5; i++) {
				begin(fixture);
				fixture.pass(9900);
			}
			fixture.keepAlive().frameEnded();
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
		try (KeepAliveFixture fixture = frame(10)) {
			begin(fixture);
			fixture.stall(60_000);
			assertThat(fixture.connection().isOpen()).isTrue();
			fixture.receive();
			fixture.keepAlive().frameEnded();
			fixture.pass(60_000);
			assertThat(fixture.connection().isOpen()).isTrue();
		}
	}

	@Test
	void theClockOfAFrameStandsStillWhileItsRestCannotCome() {
		for (ReadState intake : new ReadState[] { ReadState.HELD, ReadState.CONGESTED }) {
			try (KeepAliveFixture fixture = frame(10)) {
				begin(fixture);
				fixture.pass(9500);
				fixture.keepAlive().readState(intake);
				fixture.pass(60_000);
				fixture.keepAlive().readState(ReadState.OPEN);
				fixture.pass(9900);
				assertThat(fixture.connection().isOpen()).isTrue();
				fixture.pass(100 + LATE);
				assertThat(fixture.connection().closeReason()).isEqualTo(CloseReason.MESSAGE_TIMEOUT);
			}
		}
	}

	@Test
	void whoSendsNoWholeMessageInTimeIsClosed() {
		try (KeepAliveFixture fixture = firstMessage(10)) {
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
		try (KeepAliveFixture fixture = firstMessage(10)) {
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
		try (KeepAliveFixture fixture = new KeepAliveFixture(heartbeat, IdleSettings.OFF, both)) {
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

	private static void begin(KeepAliveFixture fixture) {
		fixture.receive();
		fixture.keepAlive().frameBegun();
	}

	private static KeepAliveFixture frame(int seconds) {
		return new KeepAliveFixture(HeartbeatSettings.OFF, IdleSettings.OFF,
				new ReceiveTimeouts(Duration.ZERO, Duration.ofSeconds(seconds)));
	}

	private static KeepAliveFixture firstMessage(int seconds) {
		return new KeepAliveFixture(HeartbeatSettings.OFF, IdleSettings.OFF,
				new ReceiveTimeouts(Duration.ofSeconds(seconds), Duration.ZERO));
	}

}
