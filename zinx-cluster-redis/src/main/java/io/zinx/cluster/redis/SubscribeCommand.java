package io.zinx.cluster.redis;

import java.util.concurrent.CompletableFuture;

/**
 * A command that subscribes to topics or ends subscriptions. Redis acknowledges each
 * topic.
 */
final class SubscribeCommand {

	private final Kind kind;

	private final String[] topics;

	private final long deadline;

	private final CompletableFuture<Void> reply = new CompletableFuture<>();

	private int missing;

	SubscribeCommand(Kind kind, String[] topics, long deadline) {
		this.kind = kind;
		this.topics = topics;
		this.deadline = deadline;
		this.missing = topics.length;
	}

	Kind kind() {
		return this.kind;
	}

	String[] topics() {
		return this.topics;
	}

	long deadline() {
		return this.deadline;
	}

	CompletableFuture<Void> reply() {
		return this.reply;
	}

	/**
	 * Count one acknowledged topic.
	 * @return whether it was the last one
	 */
	boolean acknowledge() {
		this.missing--;
		return this.missing == 0;
	}

	/**
	 * A kind of command.
	 */
	enum Kind {

		/** Begins subscriptions. */
		SUBSCRIBE,

		/** Ends subscriptions. */
		UNSUBSCRIBE

	}

}
