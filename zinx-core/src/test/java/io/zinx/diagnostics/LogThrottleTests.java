package io.zinx.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogThrottleTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);

	private final List<Long> lines = new ArrayList<>();

	@Test
	void letsAFewLinesASecondThroughAndCountsTheOthers() {
		LogThrottle throttle = new LogThrottle(2, this.nanos::get);
		for (int i = 0; i < 10; i++) {
			throttle.log(this.lines::add);
		}
		assertThat(this.lines).containsExactly(0L, 0L);
		this.nanos.addAndGet(999_999_999);
		throttle.log(this.lines::add);
		assertThat(this.lines).hasSize(2);
		this.nanos.addAndGet(1);
		throttle.log(this.lines::add);
		throttle.log(this.lines::add);
		throttle.log(this.lines::add);
		assertThat(this.lines).containsExactly(0L, 0L, 9L, 0L);
	}

}
