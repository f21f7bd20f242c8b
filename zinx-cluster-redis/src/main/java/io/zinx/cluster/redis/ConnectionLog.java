package io.zinx.cluster.redis;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines about the connection to Redis: one warning for each outage, or more if
 * its reason changes, and one line when it is over. All methods are called by one thread.
 */
final class ConnectionLog {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionLog.class);

	/** Outages that follow each other faster than this are one. */
	private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final long HINT_NANOS = TimeUnit.MINUTES.toNanos(10);

	private final LongSupplier nanoTime;

	private @Nullable Problem warned;

	private long warnedAt;

	/** True if the next connection is worth a line. */
	private boolean open = true;

	private boolean hinted;

	private long hintedAt;

	private boolean oldServer;

	ConnectionLog(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	void connected(String address, ServerInfo server) {
		if (this.open) {
			logger.info("Connected to Redis {} at {}", server.version(), address);
			this.open = false;
		}
		else {
			logger.debug("Connected to Redis {} at {}", server.version(), address);
		}
		if (server.isTooOld() && !this.oldServer) {
			this.oldServer = true;
			logger.warn("Redis at {} is older than version 6, or does not tell its version: a cluster is tested with "
					+ "Redis 6 and newer only", address);
		}
	}

	void lost(@Nullable Throwable cause) {
		warn("Lost the connection to Redis; trying again", (cause != null) ? cause : new IllegalStateException());
	}

	void failed(Throwable cause) {
		warn("Could not connect to Redis; trying again", cause);
	}

	private void warn(String event, Throwable cause) {
		Problem problem = Problem.of(cause);
		long now = this.nanoTime.getAsLong();
		boolean told = problem == this.warned && (this.open || now - this.warnedAt < QUIET_NANOS);
		if (told) {
			logger.debug("{}: {}", event, describe(problem, cause), cause);
			return;
		}
		this.warned = problem;
		this.warnedAt = now;
		this.open = true;
		logger.warn("{}: {}", event, describe(problem, cause));
		logger.debug(event, cause);
	}

	void closedOnPurpose() {
		long now = this.nanoTime.getAsLong();
		if (this.hinted && now - this.hintedAt < HINT_NANOS) {
			return;
		}
		this.hinted = true;
		this.hintedAt = now;
		logger
			.warn("Redis has closed the connection that receives messages, and only this one. If nobody has killed it, "
					+ "messages came faster than this node or the network took them: check client-output-buffer-limit pubsub "
					+ "in the configuration of Redis");
	}

	/**
	 * The kind of a failure, and the messages of its causes in one line.
	 */
	static String describe(Problem problem, Throwable failure) {
		StringBuilder text = new StringBuilder((problem != Problem.AWAY) ? problem.summary() + ": " : "");
		String last = "";
		int shown = 0;
		for (Throwable next = failure; next != null && shown < 5; next = next.getCause()) {
			String message = (next.getMessage() != null) ? next.getMessage() : next.getClass().getSimpleName();
			if (!last.contains(message)) {
				text.append((shown > 0) ? ": " : "").append(PeerText.escape(message, 200));
				last = message;
				shown++;
			}
		}
		return text.toString();
	}

}
