package io.zinx.boot.handler.invoke;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The methods that handle the exceptions of a handler method. Any thread.
 *
 * @param beans the methods by exception, for each bean that has any, in order
 */
record ExceptionMethods(List<Map<Class<?>, ExceptionMethod>> beans) {

	/**
	 * Find a method.
	 * @param thrown the exception
	 * @return the method, or {@code null} if there is none
	 */
	@Nullable ExceptionMethod find(Throwable thrown) {
		for (Map<Class<?>, ExceptionMethod> methods : this.beans) {
			for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
				ExceptionMethod method = methods.get(type);
				if (method != null) {
					return method;
				}
			}
		}
		return null;
	}

}
