package io.zinx.dispatch;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.Connection;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Routes;
import io.zinx.routing.Routes.Outcome;

/**
 * What all lanes of a running server share: hooks, routes and the counters of what comes
 * of them.
 */
record Handling(Routes routes, Hooks hooks, ServerMetrics metrics) {

	void handle(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		Outcome outcome = this.routes.handle(connection, msgId, buffer, bodyIndex, bodyLength);
		if (outcome == Outcome.UNKNOWN) {
			this.metrics.countUnknownMessage();
		}
		else if (outcome == Outcome.FAILED) {
			this.metrics.countHandlerFailure();
		}
	}

}
