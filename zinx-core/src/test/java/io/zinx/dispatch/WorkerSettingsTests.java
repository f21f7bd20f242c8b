package io.zinx.dispatch;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.worker.RunningHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WorkerSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0    | 1          | 1      | PT0S           | worker-pool-size: 0 (expected: 1 to 4096)
			4097 | 1          | 1      | PT0S           | worker-pool-size: 4097 (expected: 1 to 4096)
			1    | 0          | 1      | PT0S           | max-worker-task-len: 0 (expected: 1 to 1073741824)
			1    | 1073741825 | 1      | PT0S           | max-worker-task-len: 1073741825 (expected: 1 to 1073741824)
			1    | 1          | 0      | PT0S           | bind-max-threads: 0 (expected: 1 to 100000)
			1    | 1          | 100001 | PT0S           | bind-max-threads: 100001 (expected: 1 to 100000)
			1    | 1          | 1      | PT-0.001S      | async-timeout: PT-0.001S (expected: zero to 365 days)
			1    | 1          | 1      | PT8760H0.001S  | async-timeout: PT8760H0.001S (expected: zero to 365 days)
			""")
	void whatIsOutOfRangeIsRefusedByTheNameOfTheProperty(int poolSize, int maxTaskLen, int maxThreads,
			Duration asyncTimeout, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new WorkerSettings(WorkerMode.HASH, poolSize, maxTaskLen, maxThreads, asyncTimeout))
			.withMessage(message)
			.satisfies((ex) -> assertThat(message).startsWith(ex.setting() + ": " + ex.value()));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1, PT0S", "4096, 1073741824, 100000, PT8760H" })
	void theBoundsThemselvesAreAllowed(int poolSize, int maxTaskLen, int maxThreads, Duration asyncTimeout) {
		WorkerSettings settings = new WorkerSettings(WorkerMode.BIND, poolSize, maxTaskLen, maxThreads, asyncTimeout);
		assertThat(settings.poolSize()).isEqualTo(poolSize);
		assertThat(settings.asyncTimeout()).isEqualTo(asyncTimeout);
	}

	@Test
	void aWorkerIsFullWhenAsManyWaitAsMay() {
		RunningHandler running = new RunningHandler(1, 7, "worker", Duration.ZERO);
		assertThat(new WorkerStatus(0, 0, 1024, null).saturation()).isZero();
		assertThat(new WorkerStatus(0, 1, 4, running).saturation()).isEqualTo(0.25);
		assertThat(new WorkerStatus(3, 1 << 30, 1 << 30, null).saturation()).isOne();
	}

	@Test
	void connectionsBelongToWorkersInModeHashOnly() {
		assertThat(settings(WorkerMode.HASH).hashSize()).isEqualTo(7);
		assertThat(settings(WorkerMode.BIND).hashSize()).isZero();
		assertThat(settings(WorkerMode.EVENT_LOOP).hashSize()).isZero();
	}

	private static WorkerSettings settings(WorkerMode mode) {
		return new WorkerSettings(mode, 7, 1, 1, Duration.ZERO);
	}

}
