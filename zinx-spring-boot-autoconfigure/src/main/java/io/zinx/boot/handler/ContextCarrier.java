package io.zinx.boot.handler;

import io.zinx.routing.Request;

/**
 * A bean that takes along what belongs to the handling of a message, thread locals for
 * example, to where a reply that comes later is sent or its failure handled. Called for
 * handler methods that return a stage only. Any thread.
 */
@FunctionalInterface
public interface ContextCarrier {

	/**
	 * Take it along. Called on the thread that handles the message, when the handler
	 * method has returned.
	 * @param request the message; its body cannot be read later
	 * @return what was taken along
	 */
	Carried capture(Request request);

	/**
	 * The context that was taken along.
	 */
	@FunctionalInterface
	interface Carried {

		/**
		 * Put it on the calling thread.
		 * @return takes it away again and puts back what was there; called on the same
		 * thread
		 */
		Runnable open();

	}

}
