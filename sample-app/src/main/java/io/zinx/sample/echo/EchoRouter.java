package io.zinx.sample.echo;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

/**
 * A router that sends each message back.
 */
@ZinxRouter(msgId = 1)
class EchoRouter implements Router {

	@Override
	public void handle(Request request) {
		request.reply(1, request.body());
	}

}
