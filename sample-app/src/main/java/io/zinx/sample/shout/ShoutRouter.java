package io.zinx.sample.chat;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.connection.ConnManager;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

/**
 * Tells everybody who is connected.
 */
@ZinxRouter(msgId = 2)
class ChatRouter implements Router {

	private static final long SAID = 200;

	private final ConnManager connections;

	ChatRouter(ConnManager connections) {
		this.connections = connections;
	}

	@Override
	public void handle(Request request) {
		String text = request.bodyAsString();
		this.connections.forEach((connection) -> connection.send(SAID, text));
	}

}
