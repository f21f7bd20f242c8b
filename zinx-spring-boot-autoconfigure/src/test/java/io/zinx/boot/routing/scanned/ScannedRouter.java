package io.zinx.boot.routing.scanned;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

/**
 * A router for component scanning to find.
 */
@ZinxRouter(msgId = { 21, 22 })
public class ScannedRouter implements Router {

	@Override
	public void handle(Request request) {
		request.reply(request.msgId(), "scanned " + request.bodyAsString());
	}

}
