package io.zinx.boot.routing;

import io.zinx.message.Message;
import io.zinx.routing.InvalidRouteException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a router is registered for something that is not a message number, or not
 * in its group.
 */
final class InvalidRouteFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRouteException> {

	private final RouterNames names;

	InvalidRouteFailureAnalyzer(@Nullable BeanFactory beanFactory) {
		this.names = new RouterNames(beanFactory);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRouteException cause) {
		String description = "The Zinx router " + this.names.describe(cause.router()) + " is registered for message "
				+ cause.msgId() + ", which is "
				+ (Message.isMsgId(cause.msgId()) ? "outside the range of its group" : "not a message number") + ".";
		String action = "Change its msgId to a number from " + cause.from() + " to " + cause.to() + ".";
		return new FailureAnalysis(description, action, cause);
	}

}
