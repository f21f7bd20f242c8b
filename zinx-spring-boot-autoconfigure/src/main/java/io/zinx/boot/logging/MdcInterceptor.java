package io.zinx.boot.logging;

import io.zinx.boot.handler.ContextCarrier;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.Ordered;

/**
 * Puts the name of the server and the numbers of connection and message into the log
 * context ({@link MDC}) around everything that handles a message: the other interceptors,
 * middleware, the router, and the reply of a handler method that comes later. What was
 * there before is put back. Any thread.
 */
public final class MdcInterceptor implements Interceptor, ContextCarrier, Ordered {

	/** The key of the server's name. */
	public static final String SERVER = "zinx.server";

	/** The key of the connection number. */
	public static final String CONN = "zinx.conn";

	/** The key of the message number. */
	public static final String MSG = "zinx.msg";

	private final String serverName;

	/**
	 * Create an interceptor.
	 * @param serverName the name of the server whose messages it sees
	 */
	public MdcInterceptor(String serverName) {
		this.serverName = serverName;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void intercept(Request request, Chain chain) throws Exception {
		Before before = put(request.connection().connId(), request.msgId());
		try {
			chain.proceed(request);
		}
		finally {
			before.restore();
		}
	}

	@Override
	public Carried capture(Request request) {
		long connId = request.connection().connId();
		long msgId = request.msgId();
		return () -> put(connId, msgId)::restore;
	}

	private Before put(long connId, long msgId) {
		return new Before(put(SERVER, this.serverName), put(CONN, Long.toString(connId)),
				put(MSG, Long.toString(msgId)));
	}

	private static @Nullable String put(String key, String value) {
		String before = MDC.get(key);
		MDC.put(key, value);
		return before;
	}

	/**
	 * The values that were in the log context before.
	 *
	 * @param server that of {@link #SERVER}, or {@code null}
	 * @param conn that of {@link #CONN}, or {@code null}
	 * @param msg that of {@link #MSG}, or {@code null}
	 */
	private record Before(@Nullable String server, @Nullable String conn, @Nullable String msg) {

		void restore() {
			restore(MSG, this.msg);
			restore(CONN, this.conn);
			restore(SERVER, this.server);
		}

		private static void restore(String key, @Nullable String value) {
			if (value != null) {
				MDC.put(key, value);
			}
			else {
				MDC.remove(key);
			}
		}

	}

}
