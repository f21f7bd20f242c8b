package io.zinx.routing;

import java.util.concurrent.CompletionStage;

/**
 * A router that answers later, without holding a thread meanwhile:
 * {@link Request#answerLater} in the form of a function.
 *
 * <pre class="code">
 * routes.addAsync(7, (request) -&gt; {
 *     String key = request.bodyAsString();
 *     return database.find(key).thenAccept((row) -&gt; request.reply(7, row));
 * });</pre>
 */
@FunctionalInterface
public interface AsyncRouter {

	/**
	 * Begin to handle a message.
	 * @param request the message and who sent it; its body can be read until this method
	 * returns, replies may be sent at any time
	 * @return completes when the message is handled: the next one of its connection waits
	 * for it; its value is not used, and if it fails, so has the message
	 * @throws Exception if the message cannot be handled
	 */
	CompletionStage<?> handle(Request request) throws Exception;

	/**
	 * This router as one that says by {@link Request#answerLater} when it has answered.
	 * @return a router with one method
	 */
	default Router asRouter() {
		return (request) -> request.answerLater(handle(request));
	}

}
