package io.zinx.boot.handler;

import java.lang.reflect.Method;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Thrown at startup if a handler method cannot be called as it is declared.
 */
public final class InvalidHandlerMethodException extends ZinxException {

	private final String method;

	private final String problem;

	private final String action;

	/**
	 * Create an exception for a method.
	 * @param method the method
	 * @param problem the end of a sentence that begins with the method
	 * @param action sentences that describe the remedy
	 */
	public InvalidHandlerMethodException(Method method, String problem, String action) {
		this(method, problem, action, null);
	}

	/**
	 * Create an exception for a method.
	 * @param method the method
	 * @param problem the end of a sentence that begins with the method
	 * @param action sentences that describe the remedy
	 * @param cause the reason, or {@code null} if there is none but the problem
	 */
	public InvalidHandlerMethodException(Method method, String problem, String action, @Nullable Throwable cause) {
		super("Handler method " + describe(method) + " " + problem + ". " + action, cause);
		this.method = describe(method);
		this.problem = problem;
		this.action = action;
	}

	private static String describe(Method method) {
		return ClassUtils.getQualifiedMethodName(method);
	}

	/**
	 * The name of the method.
	 * @return class and name, joined by a dot
	 */
	public String method() {
		return this.method;
	}

	String problem() {
		return this.problem;
	}

	String action() {
		return this.action;
	}

}
