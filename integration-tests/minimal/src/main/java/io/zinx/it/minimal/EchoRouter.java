package io.zinx.it.minimal;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

@ZinxRouter(msgId = 1)
class EchoRouter implements Router {

	@Override
	public void handle(Request request) {
		request.reply(1, request.body());
	}

}
