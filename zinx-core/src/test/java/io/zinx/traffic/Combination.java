package io.zinx.traffic;

import java.util.Locale;

import io.zinx.dispatch.WorkerMode;

/**
 * The first choice of a seed: the kind of server.
 */
record Combination(WorkerMode mode, boolean epoll, boolean tls) {

	static final int COUNT = 12;

	private static final WorkerMode[] modes = { WorkerMode.EVENT_LOOP, WorkerMode.HASH, WorkerMode.BIND };

	static Combination of(long seed) {
		int number = (int) Long.remainderUnsigned(seed, COUNT);
		return new Combination(modes[number % 3], number / 3 % 2 == 0, number / 6 == 1);
	}

	@Override
	public String toString() {
		return this.mode.toString().toLowerCase(Locale.ROOT) + "/" + (this.epoll ? "epoll" : "nio") + "/"
				+ (this.tls ? "tls" : "plain");
	}

}
