package io.zinx.boot.handler;

import io.zinx.ZinxException;

/**
 * A handler method cannot be called, because its connection lacks what a parameter asks
 * for: a {@linkplain ConnProperty property}, a {@linkplain ConnKey key} or a
 * {@linkplain ConnPrincipal principal}.
 */
public final class HandlerArgumentException extends ZinxException {

	private final String parameter;

	/**
	 * Refuse to call a handler method.
	 * @param parameter the name of the parameter
	 * @param problem the beginning of a sentence: what the connection lacks
	 */
	public HandlerArgumentException(String parameter, String problem) {
		super(problem + ", and the handler method asks for it by parameter '" + parameter + "'");
		this.parameter = parameter;
	}

	/**
	 * The parameter.
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
