package io.zinx.cluster.redis;

import java.util.List;

/**
 * The threads of all backplanes that run now.
 */
final class ThreadsOfBackplanes {

	private ThreadsOfBackplanes() {
	}

	static List<String> names() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("zinx-redis") || name.contains("lettuce") || name.contains("parallel"))
			.sorted()
			.toList();
	}

}
