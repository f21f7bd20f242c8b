package io.zinx.sample.slow;

import java.util.concurrent.TimeUnit;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Request;
import io.zinx.routing.Router;

/**
 * A router that takes a number of milliseconds, sleeps for that time and sends the number
 * back.
 */
@ZinxRouter(msgId = 3)
class SlowRouter implements Router {

	private static final long LONGEST_MILLIS = 10_000;

	@Override
	public void handle(Request request) throws InterruptedException {
		String text = request.bodyAsString().strip();
		if (!text.matches("\\d{1,9}")) {
			request.reply(3, "Not a number of milliseconds: " + text);
			return;
		}
		TimeUnit.MILLISECONDS.sleep(Math.min(LONGEST_MILLIS, Long.parseLong(text)));
		request.reply(3, request.body());
	}

}
