package io.zinx.boot.routing;

import io.zinx.ZinxException;

/**
 * Thrown if a bean that is annotated with {@link ZinxRouter} or {@link ZinxIntercept}
 * cannot handle messages.
 */
public final class InvalidRouterBeanException extends ZinxException {

	private final String beanName;

	private final String problem;

	private final String action;

	InvalidRouterBeanException(String beanName, String problem, String action) {
		super("Bean '" + beanName + "' " + problem + ". " + action);
		this.beanName = beanName;
		this.problem = problem;
		this.action = action;
	}

	/**
	 * The name of the bean.
	 * @return the name
	 */
	public String beanName() {
		return this.beanName;
	}

	String problem() {
		return this.problem;
	}

	String action() {
		return this.action;
	}

}
