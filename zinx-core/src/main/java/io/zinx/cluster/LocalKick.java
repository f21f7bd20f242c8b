package io.zinx.cluster;

import java.util.Objects;

import io.zinx.connection.BroadcastResult;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The closing of all connections of this node that have bound a key.
 */
final class LocalKick {

	private LocalKick() {
	}

	static BroadcastResult of(ConnManager connections, String key, CloseReason reason, @Nullable Message lastMessage) {
		Objects.requireNonNull(reason, "reason");
		int closed = 0;
		for (Connection connection : connections.allByKey(key)) {
			if (lastMessage != null) {
				connection.close(reason, lastMessage);
			}
			else {
				connection.close(reason);
			}
			closed++;
		}
		return new BroadcastResult(closed, 0, 0, 0);
	}

}
