package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.Connection;
import io.zinx.lane.FrameSink;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages of a connection that drains from its lane.
 *
 * @param lane takes no message while this gate is in front of it
 * @param connection its connection
 * @param refusal sent back for each message; {@code null} for nothing
 */
record RefusalGate(FrameSink lane, Connection connection, @Nullable Message refusal) implements FrameSink {

	@Override
	public int open(ByteBuf buffer, int wanted) {
		return wanted;
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		if (this.refusal != null) {
			this.connection.send(this.refusal.msgId(), this.refusal.body());
		}
		return true;
	}

	@Override
	public void close() {
		// No batch was begun.
	}

}
