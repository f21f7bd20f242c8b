package io.zinx.server;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StopDeadlineTests {

	private final StopDeadline deadline = new StopDeadline();

	@Test
	void isNeverOverUnlessItIsToldWhen() {
		assertThat(this.deadline.isOver()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-0.000000001S", "PT-8760H" })
	void isOverAtOnceWhenThereIsNoTime(Duration none) {
		this.deadline.bringForward(none);
		assertThat(this.deadline.isOver()).isTrue();
	}

	@Test
	void isOverWhenTheTimeHasPassedAndStaysSo() {
		this.deadline.bringForward(Duration.ofMillis(20));
		Awaitility.await().until(this.deadline::isOver);
		assertThat(this.deadline.isOver()).isTrue();
	}

	@Test
	void whatComesBehindItIsMeasuredFromItsEnd() {
		Duration tail = Duration.ofHours(1);
		assertThat(this.deadline.leftUntilOverFor(tail)).isGreaterThan(Duration.ofDays(300));
		this.deadline.bringForward(Duration.ofHours(2));
		assertThat(this.deadline.leftUntilOverFor(tail)).isBetween(Duration.ofMinutes(170), Duration.ofMinutes(180));
		this.deadline.bringForward(Duration.ZERO);
		assertThat(this.deadline.leftUntilOverFor(tail)).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60));
		assertThat(this.deadline.leftUntilOverFor(Duration.ZERO)).isZero();
	}

	@Test
	void canBeBroughtForwardAndNeverPutOff() {
		this.deadline.bringForward(Duration.ofHours(1));
		assertThat(this.deadline.isOver()).isFalse();
		this.deadline.bringForward(Duration.ZERO);
		assertThat(this.deadline.isOver()).isTrue();
		this.deadline.bringForward(Duration.ofHours(1));
		assertThat(this.deadline.isOver()).isTrue();
	}

	/**
	 * A time that no number of nanoseconds can express is a very long one.
	 */
	@Test
	void theLongestTimeIsNoTimeInThePast() {
		this.deadline.bringForward(Duration.ofSeconds(Long.MAX_VALUE));
		assertThat(this.deadline.isOver()).isFalse();
		this.deadline.bringForward(Duration.ZERO);
		assertThat(this.deadline.isOver()).isTrue();
	}

}
