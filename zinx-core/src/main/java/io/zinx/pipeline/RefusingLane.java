package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.dispatch.Lane;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages from the lane of a connection that leaves; all else goes there.
 *
 * @param lane the lane
 * @param connection its connection
 * @param refusal what the peer gets for each message; {@code null} for nothing
 */
record RefusingLane(Lane lane, Connection connection, @Nullable Message refusal) implements Lane {

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

	@Override
	public void start() {
		this.lane.start();
	}

	@Override
	public void readComplete() {
		this.lane.readComplete();
	}

	@Override
	public void end(CloseReason reason) {
		this.lane.end(reason);
	}

	@Override
	public void socketClosed() {
		this.lane.socketClosed();
	}

	@Override
	public void congested() {
		this.lane.congested();
	}

	@Override
	public void relieved() {
		this.lane.relieved();
	}

	@Override
	public boolean execute(Runnable task) {
		return this.lane.execute(task);
	}

}
