package io.zinx.routing;

/**
 * One of several functions that handle a message one after the other: middleware, or the
 * last one, which answers. One function serves all connections, so it must be safe for
 * several threads; it is called on the thread that handles the connection's messages.
 * <p>
 * The rest runs when the function has returned. A function that has something to do
 * behind the rest calls {@link Request#next()}: that runs the rest and then returns.
 * {@link Request#abort()} keeps the rest from running.
 * <p>
 * What a function throws ends the handling of that message: the rest does not run, not
 * even if a function in front of it catches what was thrown.
 */
@FunctionalInterface
public interface RouterFunction {

	/**
	 * Handle a message, or do what comes before and behind that.
	 * @param request the message and who sent it; its body can be read until all
	 * functions have returned
	 * @throws Exception if the message cannot be handled
	 */
	void handle(Request request) throws Exception;

}
