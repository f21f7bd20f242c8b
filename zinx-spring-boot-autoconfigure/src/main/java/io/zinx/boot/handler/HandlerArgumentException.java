package io.zinx.boot.handler;

import io.zinx.ZinxException;

/**
 * A handler method cannot be called, because its connection lacks the value of a
 * parameter, or has one that violates the constraints on the parameter: a
 * {@linkplain ConnProperty property}, a {@linkplain ConnKey key} or a
 * {@linkplain ConnPrincipal principal}.
 */
public final class HandlerArgumentException extends ZinxException {

	private final String parameter;

	/**
	 * Create an exception for one parameter.
	 * @param parameter the name of the parameter
	 * @param problem a sentence without full stop: what the connection lacks
	 */
	public HandlerArgumentException(String parameter, String problem) {
		super("Cannot resolve parameter '" + parameter + "' of the handler method: " + problem);
		this.parameter = parameter;
	}

	/**
	 * The name of the parameter.
	 * @return its name
	 */
	public String parameter() {
		return this.parameter;
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

}
