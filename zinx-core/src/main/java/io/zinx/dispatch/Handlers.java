package io.zinx.dispatch;

import java.util.List;

import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.HandlerTiming;
import io.zinx.routing.Routes;

/**
 * The code of the application that a running server calls.
 *
 * @param routes the routers
 * @param listeners the hooks, in order
 * @param timing for which messages it is measured how long their handler takes
 */
public record Handlers(Routes routes, List<ConnectionListener> listeners, HandlerTiming timing) {

	public Handlers {
		listeners = List.copyOf(listeners);
	}

}
