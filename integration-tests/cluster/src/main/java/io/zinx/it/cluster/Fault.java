package io.zinx.it.cluster;

import java.time.Duration;
import java.util.Arrays;

/**
 * A fault.
 */
enum Fault {

	/** Redis is killed with -9, is away for five seconds, and comes again, empty. */
	RESTART("restart", Duration.ofSeconds(5), true, false),

	/** Redis stands still for three seconds: SIGSTOP, SIGCONT. */
	STOP("stop", Duration.ofSeconds(3), false, true),

	/** Redis closes the connections that subscribe. */
	PUBSUB("pubsub", Duration.ZERO, true, false),

	/** All nodes make a new connection. */
	RECONNECT("reconnect", Duration.ZERO, true, false),

	/** A node is killed with -9; another one takes its place later. */
	NODE("node", Duration.ZERO, false, false),

	/** A node stands still for three seconds. */
	FREEZE("freeze", Duration.ofSeconds(3), false, true);

	final String word;

	/** The time until the end of the fault. */
	final Duration lasts;

	/** True if the nodes lose their subscriptions. */
	final boolean loses;

	/** True if messages may come late by as much as the fault lasts. */
	final boolean delays;

	Fault(String word, Duration lasts, boolean loses, boolean delays) {
		this.word = word;
		this.lasts = lasts;
		this.loses = loses;
		this.delays = delays;
	}

	/**
	 * True if pushes may be reported as unavailable or unknown.
	 */
	boolean stopsPushes() {
		return this != NODE;
	}

	static Fault of(String word) {
		return Arrays.stream(values())
			.filter((fault) -> fault.word.equals(word))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("fault: " + word + " (expected: one of "
					+ Arrays.stream(values()).map((fault) -> fault.word).toList() + ")"));
	}

}
