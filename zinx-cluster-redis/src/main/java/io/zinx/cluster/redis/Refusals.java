package io.zinx.cluster.redis;

import java.util.function.LongSupplier;

import io.zinx.cluster.ClusterUnavailableException;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.diagnostics.PeerText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The errors that Redis answers to single commands, with a throttled log line for each.
 * Any thread.
 */
final class Refusals {

	private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

	private final LogThrottle throttle;

	Refusals(LongSupplier nanoTime) {
		this.throttle = new LogThrottle(1, nanoTime);
	}

	/**
	 * The exception for an error reply: Redis has not done the command.
	 */
	ClusterUnavailableException refused(String error) {
		Problem problem = Problem.ofReply(error);
		String said = "Redis answers: " + PeerText.escape(error, 300);
		String message = (problem == Problem.AWAY) ? said : problem.summary() + ". " + said;
		this.throttle.log((withheld) -> logger.warn("{}{}", message,
				(withheld > 0) ? " (and " + withheld + " more errors)" : ""));
		return new ClusterUnavailableException(message, null);
	}

}
