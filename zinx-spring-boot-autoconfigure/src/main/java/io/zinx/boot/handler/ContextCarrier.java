package io.zinx.boot.handler;

import io.zinx.routing.Request;

/**
 * A bean that carries the context in which a message is handled, for example thread
 * locals, to the thread that later sends the reply or handles its failure. Called only
 * for handler methods that return a stage. Any thread.
 */
@FunctionalInterface
public interface ContextCarrier {

	/**
	 * Capture the context. Called on the thread that handles the message, when the
	 * handler method has returned.
	 * @param request the message; its body cannot be read later
	 * @return the captured context
	 */
	Carried capture(Request request);

	/**
	 * The captured context.
	 */
	@FunctionalInterface
	interface Carried {

		/**
		 * Set the context on the calling thread.
		 * @return restores the previous context; called on the same thread
		 */
		Runnable open();

	}

}
