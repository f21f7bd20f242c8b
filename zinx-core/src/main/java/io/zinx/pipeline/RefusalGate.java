package io.zinx.pipeline;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.ChannelConnection;
import io.zinx.lane.FrameSink;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages of a connection that drains from its lane, and answers each of them
 * by a refusal. That goes the way of the lane, behind the replies to what came before,
 * one at a time, and only while the peer reads. Event loop only, but for what is run on
 * the lane.
 */
final class RefusalGate implements FrameSink {

	private static final long RETRY_MILLIS = 20;

	private final FrameReader reader;

	private final FrameSink lane;

	private final ChannelConnection connection;

	private final @Nullable Message refusal;

	/** Whether a refusal is on its way. */
	private boolean owing;

	/** Whether messages are for the lane again, as soon as no refusal is on its way. */
	private boolean ended;

	/**
	 * Make a gate.
	 * @param reader in which it is put, in front of what is there
	 * @param connection its connection
	 * @param refusal sent back for each message; {@code null} for nothing
	 */
	RefusalGate(FrameReader reader, ChannelConnection connection, @Nullable Message refusal) {
		this.reader = reader;
		this.lane = reader.sink();
		this.connection = connection;
		this.refusal = refusal;
	}

	/**
	 * Whether a refusal is on its way, or messages wait for theirs.
	 */
	boolean isBusy() {
		return this.owing || this.reader.isFull();
	}

	/**
	 * Let messages go to the lane again, behind the refusal that is on its way.
	 */
	void end() {
		this.ended = true;
		if (!this.owing) {
			goAway();
		}
	}

	private void goAway() {
		this.reader.gate((sink) -> (sink == this) ? this.lane : sink);
		this.reader.resume();
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (this.owing) {
			return 0;
		}
		if (this.ended) {
			return this.lane.open(buffer, wanted);
		}
		return (this.refusal != null && this.connection.isCongested()) ? 0 : wanted;
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		if (this.ended) {
			return this.lane.frame(msgId, bodyIndex, bodyLength);
		}
		if (this.refusal == null || !this.connection.isOpen()) {
			return true;
		}
		this.owing = true;
		refuse();
		return false;
	}

	@Override
	public void close() {
		if (this.ended) {
			this.lane.close();
		}
	}

	private void refuse() {
		if (!this.connection.isOpen()) {
			refused();
		}
		else if (!this.connection.execute(this::send)) {
			refuseLater();
		}
	}

	/**
	 * On the lane. What was sent meanwhile may be more than the peer has read.
	 */
	private void send() {
		Message message = this.refusal;
		boolean waits = this.connection.isOpen() && this.connection.isCongested();
		try {
			if (message != null && !waits) {
				this.connection.send(message.msgId(), message.body());
			}
		}
		finally {
			this.connection.onLoop(waits ? this::refuseLater : this::refused);
		}
	}

	private void refuseLater() {
		this.connection.channel().eventLoop().schedule(this::refuse, RETRY_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void refused() {
		this.owing = false;
		if (this.ended) {
			goAway();
			return;
		}
		this.reader.resume();
	}

}
