package io.zinx.bench;

import java.util.Arrays;
import java.util.Optional;

import io.zinx.dispatch.WorkerMode;

/**
 * Worker modes by their names in settings.
 */
final class Modes {

	private Modes() {
	}

	static Optional<WorkerMode> find(String name) {
		return Arrays.stream(WorkerMode.values()).filter((mode) -> mode.toString().equals(name)).findFirst();
	}

	static WorkerMode parse(String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException(
				"mode: " + name + " (expected: one of " + Arrays.toString(WorkerMode.values()) + ")"));
	}

}
