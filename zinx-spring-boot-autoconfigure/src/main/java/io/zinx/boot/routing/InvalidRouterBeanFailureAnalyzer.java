package io.zinx.boot.routing;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that a bean that is annotated with {@link ZinxRouter} or {@link ZinxIntercept}
 * cannot handle messages.
 */
final class InvalidRouterBeanFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRouterBeanException> {

	private final RouterNames names;

	InvalidRouterBeanFailureAnalyzer(@Nullable BeanFactory beanFactory) {
		this.names = new RouterNames(beanFactory);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRouterBeanException cause) {
		String description = "The bean " + this.names.describe(cause.beanName()) + " " + cause.problem() + ".";
		return new FailureAnalysis(description, cause.action(), cause);
	}

}
