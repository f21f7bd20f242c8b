package io.zinx.routing;

import java.util.concurrent.CompletionStage;

/**
 * An asynchronous router, which answers later without holding a thread:
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
	 * @param request the message and its connection; its body can be read until this
	 * method returns, replies may be sent at any time
	 * @return a stage that completes when the message is handled; the next message of the
	 * connection waits for it. Its value is not used; if it fails, the message counts as
	 * failed
	 * @throws Exception if the message cannot be handled
	 */
	CompletionStage<?> handle(Request request) throws Exception;

	/**
	 * Convert this router to a {@link Router} that calls {@link Request#answerLater}.
	 * @return a router with one method
	 */
	default Router asRouter() {
		return (request) -> request.answerLater(handle(request));
	}

}
