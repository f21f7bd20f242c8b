package io.zinx.server;

import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Route;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.routing.Routes;

/**
 * The routers of incoming heartbeats for which the application has none. Any thread.
 */
final class HeartbeatRouters {

	/** The name of the router where routers are listed. */
	private static final String NAME = "heartbeat";

	/**
	 * The router of heartbeats that need no answer, or were answered as they were read.
	 */
	private static final Router QUIET = (request) -> {
	};

	private HeartbeatRouters() {
	}

	/**
	 * Register a router for heartbeats of clients, or an explanation for the log where
	 * they are unknown messages.
	 */
	static void register(HeartbeatSettings heartbeat, RouteRegistry routes, ServerMetrics metrics) {
		long msgId = heartbeat.msgId();
		switch (heartbeat.mode()) {
			case OFF -> {
				String hint = "This is the message number of heartbeats, but zinx.heartbeat.mode is off: a client of "
						+ "Zinx that sends heartbeats disconnects if it receives none.";
				routes.explainUnknown(msgId, hint);
				routes.explainUnknown(HeartbeatSettings.DEFAULT_MSG_ID, hint);
				return;
			}
			case SEND, CHECK_ONLY -> routes.addBuiltIn(msgId, QUIET, NAME);
			case REPLY -> routes.addBuiltIn(msgId, heartbeat.runsUserCode() ? (request) -> {
				heartbeat.send(request.connection());
				metrics.countHeartbeatSent();
			} : QUIET, NAME);
		}
		if (msgId != HeartbeatSettings.DEFAULT_MSG_ID) {
			routes.explainUnknown(HeartbeatSettings.DEFAULT_MSG_ID,
					"This is the message number of heartbeats in Zinx, but zinx.heartbeat.msg-id is " + msgId + ".");
		}
	}

	/**
	 * True if heartbeats are answered as they are read, instead of by a router.
	 */
	static boolean answersAtOnce(HeartbeatSettings heartbeat, Routes routes) {
		Route route = routes.find(heartbeat.msgId());
		return heartbeat.mode() == HeartbeatMode.REPLY && route != null && route.router() == QUIET;
	}

}
