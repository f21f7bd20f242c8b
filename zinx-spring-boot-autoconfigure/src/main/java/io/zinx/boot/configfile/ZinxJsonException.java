package io.zinx.boot.configfile;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a configured {@code zinx.json} cannot be used.
 */
final class ZinxJsonException extends ZinxException {

	private final String problem;

	private final String action;

	ZinxJsonException(String problem, String action, @Nullable Throwable cause) {
		super(problem + " " + action);
		this.problem = problem;
		this.action = action;
		if (cause != null) {
			initCause(cause);
		}
	}

	String problem() {
		return this.problem;
	}

	String action() {
		return this.action;
	}

}
