package io.zinx.traffic;

import java.time.Duration;
import java.util.SplittableRandom;

import io.zinx.codec.LtvCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.LateRequests;
import io.zinx.link.TlsSettings;
import io.zinx.message.Message;
import io.zinx.server.DrainSettings;
import io.zinx.server.ServerConfig;
import io.zinx.testing.TestTls;

/**
 * The choices of a seed for the server.
 *
 * @param combination the kind of server
 * @param ltv whether it speaks LTV, not TLV
 * @param loops how many event loops it has
 * @param workers how many workers
 * @param taskLen how many messages may wait
 * @param sendBuffer the size of the kernel's buffer, 0 for what it likes
 * @param closeWindow over how many milliseconds a drain spreads its closes
 * @param goodbye whether it says goodbye
 * @param refuses whether it refuses requests that come later than that
 * @param parting how it parts from clients that are in the middle of their scripts
 */
record Settings(Combination combination, boolean ltv, int loops, int workers, int taskLen, int sendBuffer,
		int closeWindow, boolean goodbye, boolean refuses, Parting parting) {

	/** The beginning of the names of the server's threads. */
	static final String NAME = "traffic";

	private static final Duration GRACE = Duration.ofSeconds(20);

	static Settings of(long seed) {
		SplittableRandom random = Scripts.random(seed, -1);
		Parting parting = Parting.values()[random.nextInt(Parting.values().length)];
		int closeWindow = (random.nextInt(3) == 0) ? 150 : 0;
		boolean refuses = closeWindow > 0 && parting != Parting.DRAIN && random.nextBoolean();
		return new Settings(Combination.of(seed), random.nextInt(4) == 0, 1 + random.nextInt(3), 1 + random.nextInt(4),
				new int[] { 8, 64, 1024 }[random.nextInt(3)], (random.nextInt(3) == 0) ? 16 * 1024 : 0, closeWindow,
				random.nextBoolean(), refuses, parting);
	}

	ServerConfig config() {
		return ServerConfig.builder()
			.name(NAME)
			.host("127.0.0.1")
			.port(0)
			.codec(this.ltv ? new LtvCodec() : new TlvCodec())
			.workerMode(this.combination.mode())
			.nativeTransport(this.combination.epoll())
			.eventLoops(this.loops)
			.workerPoolSize(this.workers)
			.bindMaxThreads(64)
			.maxWorkerTaskLen(this.taskLen)
			.socketBuffers(0, this.sendBuffer)
			.gracePeriod(GRACE)
			.goodbye(this.goodbye ? new Message(Kind.GOODBYE, new byte[] { 1, 2, 3 }) : null)
			.drain(drain())
			.tls(this.combination.tls() ? TlsSettings.of(TestTls.serverContext()) : null)
			.build();
	}

	private DrainSettings drain() {
		DrainSettings drain = DrainSettings.DEFAULTS.withCloseWindow(Duration.ofMillis(this.closeWindow));
		return this.refuses ? drain.withLateRequests(LateRequests.REFUSE, new Message(Kind.REFUSAL, new byte[9]))
				: drain;
	}

	@Override
	public String toString() {
		return this.combination + (this.ltv ? ", ltv, " : ", tlv, ") + this.loops + " event loops, " + this.workers
				+ " workers, " + this.taskLen + " messages wait, send buffer " + this.sendBuffer + ", close window "
				+ this.closeWindow + " ms" + (this.goodbye ? ", goodbye" : "") + (this.refuses ? ", refuses" : "")
				+ ", " + this.parting;
	}

	/** What the server does while clients come and go. */
	enum Parting {

		/** Nothing; it stops when all others have ended. */
		STOP,

		/** It drains, and lets clients come again. */
		DRAIN,

		/** It stops and starts again. */
		RESTART

	}

}
