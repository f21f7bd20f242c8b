package io.zinx.boot.handler.invoke;

import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of one parameter of a method. Any thread.
 */
@FunctionalInterface
interface Argument {

	/**
	 * Find the value.
	 * @param request the message
	 * @param thrown what the handler method threw, or {@code null} if it is the handler
	 * method that is about to be called
	 * @return the value
	 */
	@Nullable Object resolve(Request request, @Nullable Throwable thrown);

}
