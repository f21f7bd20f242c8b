package io.zinx.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.LoopOutboxes;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to many connections: encoded once, and each event loop is woken
 * once, at the end. One thread.
 *
 * @param <T> what holds the body
 */
final class Broadcast<T> implements AutoCloseable {

	private final long msgId;

	private final T body;

	private final Encoding<T> encoding;

	private final LoopOutboxes outboxes = new LoopOutboxes();

	/** The server run the frame was encoded for; all receivers are of one, as a rule. */
	private @Nullable ConnectionContext context;

	private @Nullable ByteBuf frame;

	private int reached;

	private int closed;

	private int overflowed;

	private int unsendable;

	Broadcast(long msgId, T body, Encoding<T> encoding) {
		this.msgId = msgId;
		this.body = body;
		this.encoding = encoding;
	}

	@SuppressWarnings("ReferenceEquality")
	void send(ChannelConnection connection) {
		if (this.context != connection.context()) {
			encode(connection);
		}
		ByteBuf frame = this.frame;
		SendResult result = (frame != null) ? connection.sender().sendFrame(this.msgId, frame) : SendResult.UNSENDABLE;
		switch (result) {
			case ACCEPTED -> {
				this.reached++;
				this.outboxes.add(connection.outbox());
			}
			case CLOSED -> this.closed++;
			case OVERFLOW -> this.overflowed++;
			case UNSENDABLE -> this.unsendable++;
		}
	}

	private void encode(ChannelConnection connection) {
		releaseFrame();
		this.context = connection.context();
		long length = this.encoding.encodedLength(this.context.outbound().codec(), this.msgId, this.body);
		if (length < 0 || length > this.context.outbound().settings().maxBytes()) {
			connection.sender().logUnsendable(this.msgId, this.encoding.length(this.body));
			return;
		}
		ByteBuf out = ByteBufAllocator.DEFAULT.ioBuffer((int) length);
		this.frame = out;
		this.encoding.write(this.context.outbound().codec(), this.msgId, this.body, (int) length, out);
	}

	private void releaseFrame() {
		if (this.frame != null) {
			this.frame.release();
			this.frame = null;
		}
	}

	BroadcastResult result() {
		return new BroadcastResult(this.reached, this.closed, this.overflowed, this.unsendable);
	}

	@Override
	public void close() {
		releaseFrame();
		this.outboxes.wakeAll();
	}

}
