package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.ChannelConnection;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.lane.FrameSink;

/**
 * The answers to heartbeats of a client as they are read, however busy its handlers are.
 * The lane gets the heartbeats, too.
 *
 * @param lane the sink of all messages
 * @param connection the connection
 * @param heartbeats answers heartbeats
 */
record HeartbeatAnswers(FrameSink lane, ChannelConnection connection, Heartbeats heartbeats) implements FrameSink {

	@Override
	public int open(ByteBuf buffer, int wanted) {
		return this.lane.open(buffer, wanted);
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		this.heartbeats.answer(msgId, this.connection);
		return this.lane.frame(msgId, bodyIndex, bodyLength);
	}

	@Override
	public void close() {
		this.lane.close();
	}

}
