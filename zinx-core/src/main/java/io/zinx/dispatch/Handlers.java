package io.zinx.dispatch;

import java.util.List;

import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.HandlerTiming;
import io.zinx.routing.Routes;

/**
 * The code of the application that a server run calls.
 *
 * @param routes the routers
 * @param listeners the listeners, in order
 * @param timing the choice of messages whose handling time is measured
 */
public record Handlers(Routes routes, List<ConnectionListener> listeners, HandlerTiming timing) {

	public Handlers {
		listeners = List.copyOf(listeners);
	}

}
