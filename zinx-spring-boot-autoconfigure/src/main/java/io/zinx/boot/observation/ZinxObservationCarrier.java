package io.zinx.boot.observation;

import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trace that a message belongs to. Zinx's formats have no place for it, so an
 * application says where its clients put it: in front of the body, for example, or in a
 * property of the connection.
 */
@FunctionalInterface
public interface ZinxObservationCarrier {

	/** Finds nothing: each message begins a trace of its own. The default. */
	ZinxObservationCarrier NONE = (request, key) -> null;

	/**
	 * Read a field of the trace context. Called by the thread that handles the message,
	 * before interceptors of lower precedence and routers.
	 * @param request the message
	 * @param key the field's name, for example {@code traceparent}
	 * @return its value, or {@code null} if there is none
	 */
	@Nullable String get(Request request, String key);

}
