package io.zinx.pipeline;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTimeoutTests {

	private long now = Long.MAX_VALUE - 3;

	private ProgressTimeout patience(long nanos) {
		return new ProgressTimeout(() -> this.now, Duration.ofNanos(nanos));
	}

	@Test
	void lastsSomeTimeBeyondTheLastThingThePeerDid() {
		ProgressTimeout patience = patience(10);
		assertThat(patience.lasts(0, true)).isTrue();
		this.now += 9;
		assertThat(patience.lasts(0, true)).isTrue();
		assertThat(patience.lasts(1, true)).isTrue();
		this.now += 9;
		assertThat(patience.lasts(1, true)).isTrue();
		this.now += 1;
		assertThat(patience.lasts(1, true)).isFalse();
	}

	@Test
	void lastsWhileItIsNotThePeersTurn() {
		ProgressTimeout patience = patience(0);
		for (int i = 0; i < 3; i++) {
			assertThat(patience.lasts(5, false)).isTrue();
			this.now += 100;
		}
		assertThat(patience.lasts(5, true)).isFalse();
	}

	@Test
	void canBeBegunAnew() {
		ProgressTimeout patience = patience(10);
		patience.begin();
		this.now += 10;
		assertThat(patience.lasts()).isFalse();
		patience.begin();
		this.now += 9;
		assertThat(patience.lasts()).isTrue();
	}

}
