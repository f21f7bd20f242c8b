package io.zinx.routing;

/**
 * One of several functions that handle a message one after the other: middleware, or the
 * last one, which answers. One function serves all connections, so it must be safe for
 * several threads; it is called on the thread that handles the connection's messages.
 * <p>
 * The later functions run when the function has returned. A function that has work to do
 * after them calls {@link Request#next()}, which runs them and then returns.
 * {@link Request#abort()} prevents the later functions from running.
 * <p>
 * An exception ends the handling of that message: the later functions do not run, not
 * even if an earlier function catches it.
 */
@FunctionalInterface
public interface RouterFunction {

	/**
	 * Handle a message, or do work before and after that.
	 * @param request the message and its connection; its body can be read until all
	 * functions have returned
	 * @throws Exception if the message cannot be handled
	 */
	void handle(Request request) throws Exception;

}
