package io.zinx.sample.shout;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

/**
 * A router that sends each message to all connections, of every node if there are
 * several.
 */
@ZinxRouter(msgId = 2)
class ShoutRouter implements Router {

	private static final long SAID = 200;

	private final ZinxTemplate template;

	ShoutRouter(ZinxTemplate template) {
		this.template = template;
	}

	@Override
	public void handle(Request request) {
		this.template.sendToAll(SAID, request.bodyAsString());
	}

}
