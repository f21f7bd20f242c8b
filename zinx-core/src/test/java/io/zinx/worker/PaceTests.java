package io.zinx.worker;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTests {

	private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(100);

	private static final long SLOW = QUICK + 1;

	private final Pace pace = new Pace();

	private final TestLane lane = new TestLane(() -> {
	});

	@Test
	void aWorkerIsQuickUntilFourLanesInARowWereSlow() {
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 3; i++) {
				assertThat(this.pace.note(SLOW, this.lane)).isFalse();
			}
			assertThat(this.pace.note(QUICK, this.lane)).isFalse();
			assertThat(this.pace.isSlow()).isFalse();
		}
		for (int i = 0; i < 3; i++) {
			this.pace.note(SLOW, this.lane);
		}
		assertThat(this.pace.note(SLOW, this.lane)).as("has become slow").isTrue();
		assertThat(this.pace.isSlow()).isTrue();
		assertThat(this.pace.note(SLOW, this.lane)).as("was slow before").isFalse();
	}

	@Test
	void aSlowWorkerIsQuickAgainWhenSixtyFourLanesInARowWere() {
		for (int i = 0; i < 4; i++) {
			this.pace.note(SLOW, this.lane);
		}
		for (int i = 0; i < 63; i++) {
			assertThat(this.pace.note(QUICK, this.lane)).isFalse();
		}
		this.pace.note(SLOW, this.lane);
		for (int i = 0; i < 63; i++) {
			this.pace.note(QUICK, this.lane);
		}
		assertThat(this.pace.isSlow()).isTrue();
		assertThat(this.pace.note(QUICK, this.lane)).isFalse();
		assertThat(this.pace.isSlow()).isFalse();
	}

	@Test
	void aLaneThatHasHandledManyMessagesMayTakeAsMuchLonger() {
		LaneJob many = new ManyMessages();
		for (int i = 0; i < 10; i++) {
			assertThat(this.pace.note(QUICK * 64, many)).isFalse();
		}
		assertThat(this.pace.isSlow()).isFalse();
		for (int i = 0; i < 4; i++) {
			this.pace.note(QUICK * 64 + 1, many);
		}
		assertThat(this.pace.isSlow()).isTrue();
	}

	private static final class ManyMessages extends TestLane {

		ManyMessages() {
			super(() -> {
			});
		}

		@Override
		public int handled() {
			return 64;
		}

	}

}
