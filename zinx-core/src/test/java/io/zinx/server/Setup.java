package io.zinx.server;

import java.util.Locale;

import io.zinx.dispatch.WorkerMode;

/**
 * The ways to run a server that must all behave alike.
 */
enum Setup {

	HASH_EPOLL(WorkerMode.HASH, true), HASH_NIO(WorkerMode.HASH, false), LOOP_EPOLL(WorkerMode.EVENT_LOOP, true),
	LOOP_NIO(WorkerMode.EVENT_LOOP, false), BIND_EPOLL(WorkerMode.BIND, true);

	private final WorkerMode mode;

	private final boolean nativeTransport;

	Setup(WorkerMode mode, boolean nativeTransport) {
		this.mode = mode;
		this.nativeTransport = nativeTransport;
	}

	/**
	 * What the names of the threads that run routers and hooks contain.
	 */
	String laneThread() {
		return switch (this.mode) {
			case HASH -> "-worker-";
			case EVENT_LOOP -> "-io-";
			case BIND -> "-conn-";
		};
	}

	ServerConfigBuilder config() {
		return ServerConfig.builder()
			.name("test-" + name().toLowerCase(Locale.ROOT))
			.workerMode(this.mode)
			.nativeTransport(this.nativeTransport);
	}

}
