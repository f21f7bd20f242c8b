package io.zinx.sample.shout;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.connection.ConnManager;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

/**
 * A router that sends each message to all connections.
 */
@ZinxRouter(msgId = 2)
class ShoutRouter implements Router {

	private static final long SAID = 200;

	private final ConnManager connections;

	ShoutRouter(ConnManager connections) {
		this.connections = connections;
	}

	@Override
	public void handle(Request request) {
		String text = request.bodyAsString();
		this.connections.forEach((connection) -> connection.send(SAID, text));
	}

}
