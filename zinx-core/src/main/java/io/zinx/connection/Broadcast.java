package io.zinx.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zinx.outbound.Appended;
import io.zinx.outbound.Encoding;
import io.zinx.outbound.LoopOutboxes;
import org.jspecify.annotations.Nullable;

/**
 * The sending of one message to many connections: it is encoded once, and each event loop
 * is woken once, at the end. For one thread.
 *
 * @param <T> the type of the body
 */
final class Broadcast<T> implements AutoCloseable {

	private final long msgId;

	private final T body;

	private final Encoding<T> encoding;

	private final LoopOutboxes outboxes = new LoopOutboxes();

	/**
	 * The context of the server run for which the frame was encoded; usually all
	 * recipients are of one.
	 */
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
		Sender sender = connection.sender();
		SendResult result = (frame != null) ? sender.sendFrame(this.msgId, frame) : sender.counted(Appended.UNSENDABLE);
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
