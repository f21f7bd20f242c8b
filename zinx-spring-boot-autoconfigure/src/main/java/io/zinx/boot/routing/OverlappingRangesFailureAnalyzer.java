package io.zinx.boot.routing;

import io.zinx.message.Message;
import io.zinx.routing.OverlappingRangesException;
import io.zinx.routing.RouteRange;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that two ranges of message numbers overlap.
 */
final class OverlappingRangesFailureAnalyzer extends AbstractFailureAnalyzer<OverlappingRangesException> {

	private final RouterNames names;

	OverlappingRangesFailureAnalyzer(@Nullable BeanFactory beanFactory) {
		this.names = new RouterNames(beanFactory);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OverlappingRangesException cause) {
		if (isAll(cause.first()) && isAll(cause.second())) {
			return new FailureAnalysis(
					"Two Zinx routers are registered as fallback for all messages without a router:\n\n    - "
							+ this.names.describe(cause.first().name()) + "\n    - "
							+ this.names.describe(cause.second().name()),
					"Remove one of them, or register it for message numbers.", cause);
		}
		String description = """
				Two Zinx routers are registered for overlapping ranges of message numbers:

				    - %s
				    - %s""".formatted(describe(cause.first()), describe(cause.second()));
		return new FailureAnalysis(description, "Change one of the ranges so that they have no number in common.",
				cause);
	}

	private static boolean isAll(RouteRange range) {
		return range.from() == 0 && range.to() == Message.MAX_MSG_ID;
	}

	private String describe(RouteRange range) {
		return range.from() + " to " + range.to() + ": " + this.names.describe(range.name());
	}

}
