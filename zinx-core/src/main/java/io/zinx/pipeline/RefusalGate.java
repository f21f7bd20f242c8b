package io.zinx.pipeline;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.ChannelConnection;
import io.zinx.lane.FrameSink;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A gate in front of the lane of a draining connection, which drops late messages and
 * answers each with a refusal. Refusals are sent on the lane, after the replies to
 * earlier messages, one at a time, and only while the connection is not congested. Event
 * loop only, except for the task on the lane.
 */
final class RefusalGate implements FrameSink {

	private static final long RETRY_MILLIS = 20;

	private final FrameReader reader;

	private final FrameSink lane;

	private final ChannelConnection connection;

	private final @Nullable Message refusal;

	/** True while a refusal is being sent. */
	private boolean owing;

	/** True if messages go to the lane again as soon as no refusal is being sent. */
	private boolean ended;

	/**
	 * Create a gate.
	 * @param reader the reader, in front of whose sink it is put
	 * @param connection the connection
	 * @param refusal the answer to each message; {@code null} for none
	 */
	RefusalGate(FrameReader reader, ChannelConnection connection, @Nullable Message refusal) {
		this.reader = reader;
		this.lane = reader.sink();
		this.connection = connection;
		this.refusal = refusal;
	}

	/**
	 * True while a refusal is being sent, or messages wait for theirs.
	 */
	boolean isBusy() {
		return this.owing || this.reader.isFull();
	}

	/**
	 * Pass messages to the lane again, after the refusal that is being sent.
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
		this.connection.lateRequest();
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
	 * Send a refusal. On the lane. The connection may have become congested meanwhile.
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
