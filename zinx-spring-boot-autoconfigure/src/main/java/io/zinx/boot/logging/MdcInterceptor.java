package io.zinx.boot.logging;

import io.zinx.boot.handler.ContextCarrier;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.Ordered;

/**
 * Puts connection and message numbers into the log context ({@link MDC}) around
 * everything that handles a message: the other interceptors, middleware, the router, and
 * the reply of a handler method that comes later. What was there before is put back. Any
 * thread.
 */
public final class MdcInterceptor implements Interceptor, ContextCarrier, Ordered {

	/** The key of the connection number. */
	public static final String CONN = "zinx.conn";

	/** The key of the message number. */
	public static final String MSG = "zinx.msg";

	/**
	 * Create an interceptor.
	 */
	public MdcInterceptor() {
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void intercept(Request request, Chain chain) throws Exception {
		String conn = put(CONN, request.connection().connId());
		String msg = put(MSG, request.msgId());
		try {
			chain.proceed(request);
		}
		finally {
			restore(MSG, msg);
			restore(CONN, conn);
		}
	}

	@Override
	public Carried capture(Request request) {
		long connId = request.connection().connId();
		long msgId = request.msgId();
		return () -> {
			String conn = put(CONN, connId);
			String msg = put(MSG, msgId);
			return () -> {
				restore(MSG, msg);
				restore(CONN, conn);
			};
		};
	}

	private static @Nullable String put(String key, long number) {
		String before = MDC.get(key);
		MDC.put(key, Long.toString(number));
		return before;
	}

	private static void restore(String key, @Nullable String before) {
		if (before != null) {
			MDC.put(key, before);
		}
		else {
			MDC.remove(key);
		}
	}

}
