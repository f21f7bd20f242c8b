package io.zinx.lifecycle;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a JVM ends is seen by {@code StopTests}, in a process of its own.
 */
class JvmExitTests {

	@Test
	void aJvmThatRunsIsNotAboutToEndAndNobodyWaitsForThat() {
		assertThat(JvmExit.isUnderWay()).isFalse();
		assertThat(JvmExit.isAwaitedBy(Thread.currentThread())).isFalse();
		assertThat(JvmExit.isAwaitedBy(new Thread())).isFalse();
	}

}
