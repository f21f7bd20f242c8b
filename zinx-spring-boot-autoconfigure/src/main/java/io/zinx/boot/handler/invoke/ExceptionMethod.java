package io.zinx.boot.handler.invoke;

import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.diagnostics.PeerText;
import io.zinx.routing.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A method that handles exceptions, ready to be called. Any thread.
 *
 * @param name the name of the method
 * @param invoker calls the method
 * @param reply sends what it returns
 */
record ExceptionMethod(String name, HandlerMethodInvoker invoker, Reply reply) {

	/** Named like the annotation, so that users find it. */
	private static final Logger logger = LoggerFactory.getLogger(ZinxExceptionHandler.class);

	/**
	 * Call the method and send what it returns. The exception is then recorded as
	 * handled.
	 * @param request the message
	 * @param thrown the exception
	 * @param msgId the number of the reply, if it has none of its own
	 * @throws Throwable what it throws
	 */
	void handle(Request request, Throwable thrown, long msgId) throws Throwable {
		Object result = this.invoker.invoke(request, thrown);
		this.reply.send(request, this.reply.msgIdOr(msgId), result);
		request.handledFailure(thrown);
		if (logger.isDebugEnabled()) {
			logger.debug("{} has handled message {} of {}: {}", this.name, request.msgId(), request.connection(),
					PeerText.escape(thrown.toString()));
		}
	}

}
