package io.zinx.boot.handler.invoke;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.zinx.boot.handler.ContextCarrier;
import io.zinx.routing.Request;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;

/**
 * Answers messages with the results of a bean's method. Any thread.
 */
final class MethodRouter implements Router {

	private final HandlerMethodInvoker invoker;

	private final Result result;

	private final Reply reply;

	private final ExceptionMethods exceptions;

	private final ContextCarrier contexts;

	MethodRouter(HandlerMethodInvoker invoker, Result result, Reply reply, ExceptionMethods exceptions,
			ContextCarrier contexts) {
		this.invoker = invoker;
		this.result = result;
		this.reply = reply;
		this.exceptions = exceptions;
		this.contexts = contexts;
	}

	@Override
	public void handle(Request request) throws Exception {
		try {
			Object returned = this.invoker.invoke(request, null);
			CompletionStage<?> later = (returned != null) ? this.result.later(returned) : null;
			if (later != null) {
				ContextCarrier.Carried context = this.contexts.capture(request);
				request.answerLater(later.handle((value, thrown) -> complete(request, value, thrown, context)));
				return;
			}
			send(request, returned);
		}
		catch (Throwable ex) {
			fail(request, ex);
		}
	}

	private void send(Request request, @Nullable Object value) throws Exception {
		this.reply.send(request, this.reply.msgIdOr(request.msgId()), value);
	}

	private @Nullable Void complete(Request request, @Nullable Object value, @Nullable Throwable thrown,
			ContextCarrier.Carried context) {
		Runnable close = context.open();
		try {
			if (thrown != null) {
				fail(request, cause(thrown));
			}
			else {
				sendOrFail(request, value);
			}
			return null;
		}
		catch (Exception ex) {
			throw new CompletionException(ex);
		}
		finally {
			close.run();
		}
	}

	private void sendOrFail(Request request, @Nullable Object value) throws Exception {
		try {
			send(request, value);
		}
		catch (Exception ex) {
			fail(request, ex);
		}
	}

	private static Throwable cause(Throwable thrown) {
		Throwable cause = thrown.getCause();
		return (thrown instanceof CompletionException && cause != null) ? cause : thrown;
	}

	private void fail(Request request, Throwable thrown) throws Exception {
		ExceptionMethod handler = this.exceptions.find(thrown);
		if (handler == null) {
			throw asException(thrown);
		}
		try {
			handler.handle(request, thrown, this.reply.msgIdOr(request.msgId()));
		}
		catch (Throwable ex) {
			if (ex != thrown) {
				ex.addSuppressed(thrown);
			}
			throw asException(ex);
		}
	}

	private static Exception asException(Throwable thrown) {
		if (thrown instanceof Error error) {
			throw error;
		}
		return (thrown instanceof Exception ex) ? ex : new UndeclaredThrowableException(thrown);
	}

}
