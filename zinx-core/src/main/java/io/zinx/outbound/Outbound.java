package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.zinx.message.Copying;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The one ordered way out of a connection. Any thread encodes its message straight into
 * the buffer that gathers; the event loop takes everything that has gathered and writes
 * it at once. A frame that many connections get is encoded by others and shared.
 */
public final class Outbound extends OutboundWriter {

	/**
	 * Shorter frames are copied behind what waits, which costs less than sharing them.
	 */
	private static final int SHARED_FROM = 512;

	/**
	 * Create the way out of a connection.
	 * @param channel its channel
	 * @param context how messages are written, and how many may wait
	 * @param traffic where messages are counted that are handed to the socket
	 */
	public Outbound(Channel channel, OutboundContext context, TrafficCounter traffic) {
		super(channel, context, traffic);
	}

	/**
	 * Encode something behind what was sent before. Never waits.
	 * @param <T> what is sent
	 * @param msgId the message number, in range; of no meaning for raw bytes
	 * @param what what is sent
	 * @param encoding how to encode it
	 * @param list whether to list this connection for collection
	 * @param listener hears when it is written, if it is accepted; {@code null} if nobody
	 * wants to know
	 * @return what became of it
	 */
	public <T> Appended append(long msgId, T what, Encoding<T> encoding, boolean list,
			@Nullable WriteListener listener) {
		long length = encoding.encodedLength(this.context.codec(), msgId, what);
		if (isUnsendable(length)) {
			return Appended.UNSENDABLE;
		}
		synchronized (this) {
			long queued = queuedBytes() + length;
			Appended refused = refusal(length, queued);
			if (refused != null) {
				return refused;
			}
			encode(msgId, what, encoding, (int) length);
			if (listener != null) {
				this.pending.listen(listener);
			}
			return accepted(msgId, encoding.messages(), length, queued, list);
		}
	}

	/**
	 * Encode something behind what was sent before, once there is room.
	 * @param <T> what is sent
	 * @param msgId the message number, in range; of no meaning for raw bytes
	 * @param what what is sent
	 * @param encoding how to encode it
	 * @param nanos how long to wait for room
	 * @param publish sees that the event loop writes soon; called before waiting
	 * @return what became of it
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	public <T> Appended appendWhenRoom(long msgId, T what, Encoding<T> encoding, long nanos, Runnable publish)
			throws InterruptedException {
		long length = encoding.encodedLength(this.context.codec(), msgId, what);
		if (isUnsendable(length)) {
			return Appended.UNSENDABLE;
		}
		synchronized (this) {
			Appended refused = awaitRoom(length, nanos, publish);
			if (refused != null) {
				return refused;
			}
			encode(msgId, what, encoding, (int) length);
			return accepted(msgId, encoding.messages(), length, queuedBytes() + length, true);
		}
	}

	/**
	 * Put a frame that others share behind what was sent before. Never waits.
	 * @param msgId its message number, by which it is counted
	 * @param frame the encoded frame: its readable bytes, which do not change from now
	 * on; retained if it is needed longer
	 * @param list whether to list this connection for collection
	 * @return what became of it
	 */
	public Appended appendFrame(long msgId, ByteBuf frame, boolean list) {
		int length = frame.readableBytes();
		if (isUnsendable(length)) {
			return Appended.UNSENDABLE;
		}
		synchronized (this) {
			long queued = queuedBytes() + length;
			Appended refused = refusal(length, queued);
			if (refused != null) {
				return refused;
			}
			if (length < SHARED_FROM && !this.pending.isEmpty()) {
				Copying.copy(frame, frame.readerIndex(), length, pending().room(length));
			}
			else {
				pending().share(frame);
			}
			return accepted(msgId, 1, length, queued, list);
		}
	}

	/**
	 * Encode something behind what was sent before, and accept nothing after it. Never
	 * waits. This connection is not listed for collection.
	 * @param <T> what is sent
	 * @param msgId the message number, in range
	 * @param what what is sent
	 * @param encoding how to encode it
	 * @return what became of it; nothing more is accepted in any case, also if the
	 * encoding throws
	 */
	public <T> Appended closeWith(long msgId, T what, Encoding<T> encoding) {
		synchronized (this) {
			try {
				return append(msgId, what, encoding, false, null);
			}
			finally {
				close();
			}
		}
	}

	private PendingWrites pending() {
		if (this.pending == PendingWrites.NOTHING) {
			this.pending = new PendingWrites(this.channel);
		}
		return this.pending;
	}

	private boolean isUnsendable(long length) {
		return length < 0 || length > this.context.settings().maxBytes();
	}

	private <T> void encode(long msgId, T what, Encoding<T> encoding, int length) {
		ByteBuf out = pending().room(length);
		int start = out.writerIndex();
		try {
			encoding.write(this.context.codec(), msgId, what, length, out);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

	private Appended accepted(long msgId, int messages, long length, long queued, boolean list) {
		// Raw bytes are no message, and have no number.
		this.pending.count(this.traffic.place((messages > 0) ? msgId : -1), messages, length);
		count(messages, length, queued);
		if (!list || this.listed) {
			return Appended.ACCEPTED;
		}
		this.listed = true;
		return Appended.ACCEPTED_AND_LISTED;
	}

}
