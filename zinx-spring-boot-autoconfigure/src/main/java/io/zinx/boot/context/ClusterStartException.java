package io.zinx.boot.context;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown at startup if the server cannot become a node of a cluster because of a mistake
 * in its configuration.
 */
public final class ClusterStartException extends ZinxException {

	private final String problem;

	private final String action;

	/**
	 * Create an exception.
	 * @param problem sentences that describe the mistake
	 * @param action sentences that describe the remedy
	 */
	public ClusterStartException(String problem, String action) {
		this(problem, action, null);
	}

	/**
	 * Create an exception.
	 * @param problem sentences that describe the mistake
	 * @param action sentences that describe the remedy
	 * @param cause the cause, or {@code null} if there is none
	 */
	public ClusterStartException(String problem, String action, @Nullable Throwable cause) {
		super(problem + " " + action, cause);
		this.problem = problem;
		this.action = action;
	}

	String problem() {
		return this.problem;
	}

	String action() {
		return this.action;
	}

}
