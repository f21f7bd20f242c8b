package io.zinx.routing;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Interceptor of every message before middleware and router, also of messages that have
 * no router. It can
 * <ul>
 * <li>pass on: {@code chain.proceed(request)};
 * <li>change: {@code chain.proceed(request.withBody(…))} or
 * {@code chain.proceed(request.withMessage(…))};
 * <li>answer: {@code request.reply(…)}, and not proceed;
 * <li>drop: not proceed.
 * </ul>
 * One interceptor serves all connections, so it must be safe for several threads; it is
 * called on the thread that handles the connection's messages. An exception is logged,
 * and the message counts as failed; the connection stays open.
 */
@FunctionalInterface
public interface Interceptor {

	/**
	 * Intercept a message.
	 * @param request the message and its connection; its body can be read until this
	 * method returns
	 * @param chain the rest of the chain
	 * @throws Exception if the message cannot be handled, and the exceptions of the chain
	 */
	void intercept(Request request, Chain chain) throws Exception;

	/**
	 * The rest of the chain behind an interceptor: the other interceptors, then
	 * middleware and router.
	 */
	interface Chain {

		/**
		 * Pass a message on. Returns when it is handled, or dropped by a later
		 * interceptor. Has no effect if the request was aborted.
		 * @param request the message that was intercepted, or another of the same
		 * connection
		 * @throws Exception the exception of an interceptor, middleware or the router; if
		 * it is caught, it is neither logged nor counted
		 * @throws IllegalStateException if called a second time, or after
		 * {@link Interceptor#intercept} has returned
		 * @throws IllegalArgumentException if the request is of another connection
		 */
		void proceed(Request request) throws Exception;

		/**
		 * Register a listener for the end of the handling, including an asynchronous
		 * answer, see {@link Request#answerLater}. May be called before or after
		 * {@link #proceed}; listeners are called in reverse order of registration.
		 * @param listener called once, with the exception if the message has failed,
		 * otherwise with {@code null}: by the thread that handles the message when all
		 * interceptors have returned; for an asynchronous answer by the thread that
		 * completes it, by an event loop after the timeout, or by the thread that stops
		 * the server. Its exceptions are logged
		 * @throws IllegalStateException if called after {@link Interceptor#intercept} has
		 * returned
		 */
		void onHandled(Consumer<@Nullable Throwable> listener);

	}

}
