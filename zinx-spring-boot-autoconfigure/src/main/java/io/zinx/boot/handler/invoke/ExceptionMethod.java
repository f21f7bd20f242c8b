package io.zinx.boot.handler.invoke;

import io.zinx.routing.Request;

/**
 * A method that handles exceptions, ready to be called. Any thread.
 *
 * @param invoker calls the method
 * @param reply sends what it returns
 */
record ExceptionMethod(HandlerMethodInvoker invoker, Reply reply) {

	/**
	 * Call the method and send what it returns.
	 * @param request the message
	 * @param thrown the exception
	 * @param msgId the number of the reply, if it has none of its own
	 * @throws Throwable what it throws
	 */
	void handle(Request request, Throwable thrown, long msgId) throws Throwable {
		Object result = this.invoker.invoke(request, thrown);
		this.reply.send(request, this.reply.msgIdOr(msgId), result);
	}

}
