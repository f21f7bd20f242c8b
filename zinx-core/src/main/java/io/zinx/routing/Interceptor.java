package io.zinx.routing;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Sees every message before middleware and router, also those that have no router. It can
 * <ul>
 * <li>pass on: {@code chain.proceed(request)};
 * <li>change: {@code chain.proceed(request.withBody(…))} or
 * {@code chain.proceed(request.withMessage(…))};
 * <li>answer: {@code request.reply(…)}, and not proceed;
 * <li>drop: not proceed.
 * </ul>
 * One interceptor serves all connections, so it must be safe for several threads; it is
 * called on the thread that handles the connection's messages. What it throws costs that
 * message: it is logged and counted as a failure; connection and thread go on.
 */
@FunctionalInterface
public interface Interceptor {

	/**
	 * Intercept a message.
	 * @param request the message and who sent it; its body can be read until this method
	 * returns
	 * @param chain what comes behind
	 * @throws Exception if the message cannot be handled; also what the chain has thrown
	 */
	void intercept(Request request, Chain chain) throws Exception;

	/**
	 * What comes behind an interceptor: the other interceptors, then middleware and
	 * router.
	 */
	interface Chain {

		/**
		 * Handle a message. Returns when it is handled, or dropped further behind. Does
		 * nothing if the request was aborted.
		 * @param request the message that was intercepted, or another of the same
		 * connection
		 * @throws Exception what an interceptor, middleware or the router threw; who
		 * catches it has dealt with it, and it is neither logged nor counted
		 * @throws IllegalStateException if called a second time, or after
		 * {@link Interceptor#intercept} has returned
		 * @throws IllegalArgumentException if the request is of another connection
		 */
		void proceed(Request request) throws Exception;

		/**
		 * Ask to be told when the message is handled, an answer that
		 * {@link Request#answerLater comes later} included. Before or behind
		 * {@link #proceed}; who asks first is told last.
		 * @param listener told once, why the message has failed, or {@code null} if it
		 * has not: by the thread that handles it, when all interceptors have returned; or
		 * else by whoever completes the answer, by an event loop if that does not come in
		 * time, or by the thread that stops the server. What it throws is logged
		 * @throws IllegalStateException if called after {@link Interceptor#intercept} has
		 * returned
		 */
		void onHandled(Consumer<@Nullable Throwable> listener);

	}

}
