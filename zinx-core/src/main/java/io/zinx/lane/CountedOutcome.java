package io.zinx.lane;

import io.zinx.metrics.HandlerOutcome;
import io.zinx.routing.Routes.Outcome;

/**
 * Outcomes of routing as the counters name them.
 */
final class CountedOutcome {

	private CountedOutcome() {
	}

	/**
	 * The outcome to be counted for a message that has a router.
	 */
	static HandlerOutcome of(Outcome outcome) {
		return switch (outcome) {
			case FAILED -> HandlerOutcome.FAILURE;
			case RECOVERED -> HandlerOutcome.HANDLED;
			default -> HandlerOutcome.SUCCESS;
		};
	}

}
