package io.zinx.boot.routing;

import io.zinx.ZinxException;

/**
 * {@link ZinxRouter} stands where it cannot work.
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
	 * The bean.
	 * @return its name
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
