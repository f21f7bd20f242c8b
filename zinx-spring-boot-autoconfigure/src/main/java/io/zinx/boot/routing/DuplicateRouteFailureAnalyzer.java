package io.zinx.boot.routing;

import io.zinx.routing.DuplicateRouteException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a message number has two routers.
 */
final class DuplicateRouteFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateRouteException> {

	private final RouterNames names;

	DuplicateRouteFailureAnalyzer(@Nullable BeanFactory beanFactory) {
		this.names = new RouterNames(beanFactory);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateRouteException cause) {
		if (cause.first().equals(cause.second())) {
			return new FailureAnalysis("Message " + cause.msgId() + " is registered twice for the Zinx router "
					+ this.names.describe(cause.first()) + ".", "Remove one of the two registrations.", cause);
		}
		String description = """
				Message %d has two Zinx routers:

				    - %s
				    - %s""".formatted(cause.msgId(), this.names.describe(cause.first()),
				this.names.describe(cause.second()));
		return new FailureAnalysis(description, "Change the msgId of one of them, or remove one.", cause);
	}

}
