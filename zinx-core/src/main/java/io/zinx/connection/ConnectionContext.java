package io.zinx.connection;

import io.zinx.codec.FrameCodec;
import io.zinx.outbound.OutboundBudget;
import io.zinx.outbound.OutboundSettings;

/**
 * What all connections of a running server share.
 */
record ConnectionContext(String serverName, ConnManager manager, FrameCodec codec, OutboundSettings outbound,
		OutboundBudget budget, LogThrottle unsendable, Clocks clocks, DuplicateLogin duplicateLogin) {
}
