package io.zinx.routing;

/**
 * The code that answers messages of one or more numbers. One router serves all
 * connections, so it must be safe for several threads; the messages of one connection
 * come one at a time, in the order received.
 * <p>
 * An exception is logged with the numbers of message and connection and ends the handling
 * of that message; the connection stays open. {@link Request#abort()} ends the handling
 * without an error, {@link Request#goTo} changes the order of the three methods.
 */
@FunctionalInterface
public interface Router {

	/**
	 * Called before {@link #handle}.
	 * @param request the message and its connection
	 * @throws Exception if the message cannot be handled; the other methods are not
	 * called then
	 */
	default void preHandle(Request request) throws Exception {
	}

	/**
	 * Handle a message.
	 * @param request the message and its connection; its body can be read until
	 * {@link #postHandle} returns
	 * @throws Exception if the message cannot be handled
	 */
	void handle(Request request) throws Exception;

	/**
	 * Called after {@link #handle} has returned.
	 * @param request the message and its connection
	 * @throws Exception if the method fails
	 */
	default void postHandle(Request request) throws Exception {
	}

}
