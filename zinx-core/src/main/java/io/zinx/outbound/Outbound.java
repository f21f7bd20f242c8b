package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.zinx.message.Copying;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The outbound queue of a connection, in the order of sending. Any thread encodes its
 * message directly into the buffer of pending writes; the event loop takes all pending
 * writes and writes them at once. The frame of a broadcast is encoded once and shared by
 * its recipients.
 */
public final class Outbound extends OutboundWriter {

	/**
	 * The length from which a broadcast frame is shared; copying a shorter one costs
	 * less.
	 */
	private static final int SHARED_FROM = 512;

	/** Guarded by the monitor. */
	private Envelope envelope = Envelope.NONE;

	/**
	 * Create the outbound queue of a connection.
	 * @param channel its channel
	 * @param context codec, queue bounds and budget
	 * @param traffic the counter of messages that are handed to the socket
	 */
	public Outbound(Channel channel, OutboundContext context, TrafficCounter traffic) {
		super(channel, context, traffic);
	}

	/**
	 * Put each message into an envelope from now on. Any thread.
	 * @param envelope the envelope
	 * @return {@code false}, without an effect, if something was accepted before
	 */
	public synchronized boolean envelope(Envelope envelope) {
		boolean first = bytes() == 0;
		this.envelope = first ? envelope : this.envelope;
		return first;
	}

	/**
	 * Append a payload. Never waits.
	 * @param <T> the type of the payload
	 * @param msgId the message number, in range; without a meaning for raw bytes
	 * @param what the payload
	 * @param encoding the encoding
	 * @param list whether to list this connection for a flush
	 * @param listener called when it is written, if it is accepted; {@code null} for none
	 * @return the result
	 */
	public <T> Appended append(long msgId, T what, Encoding<T> encoding, boolean list,
			@Nullable WriteListener listener) {
		long frame = encoding.encodedLength(this.context.codec(), msgId, what);
		if (frame < 0) {
			return Appended.UNSENDABLE;
		}
		synchronized (this) {
			long length = frame + this.envelope.headLength(frame);
			if (isTooLong(length)) {
				return Appended.UNSENDABLE;
			}
			long queued = queuedBytes() + length;
			Appended refused = refusal(length, queued);
			if (refused != null) {
				return refused;
			}
			encode(msgId, what, encoding, (int) frame);
			if (listener != null) {
				this.pending.listen(listener);
			}
			return accepted(msgId, encoding.messages(), length, queued, list);
		}
	}

	/**
	 * Append a payload as soon as the queue bounds allow it.
	 * @param <T> the type of the payload
	 * @param msgId the message number, in range; without a meaning for raw bytes
	 * @param what the payload
	 * @param encoding the encoding
	 * @param nanos the longest wait
	 * @param publish makes the event loop write soon; called before waiting
	 * @return the result
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	public <T> Appended appendWhenRoom(long msgId, T what, Encoding<T> encoding, long nanos, Runnable publish)
			throws InterruptedException {
		long frame = encoding.encodedLength(this.context.codec(), msgId, what);
		if (frame < 0) {
			return Appended.UNSENDABLE;
		}
		synchronized (this) {
			long length = frame + this.envelope.headLength(frame);
			if (isTooLong(length)) {
				return Appended.UNSENDABLE;
			}
			Appended refused = awaitRoom(length, nanos, publish);
			if (refused != null) {
				return refused;
			}
			encode(msgId, what, encoding, (int) frame);
			return accepted(msgId, encoding.messages(), length, queuedBytes() + length, true);
		}
	}

	/**
	 * Append a frame that other connections share. Never waits.
	 * @param msgId its message number, by which it is counted
	 * @param frame the encoded frame: its readable bytes, which do not change from now
	 * on; retained if it is needed longer
	 * @param list whether to list this connection for a flush
	 * @return the result
	 */
	public Appended appendFrame(long msgId, ByteBuf frame, boolean list) {
		int frameLength = frame.readableBytes();
		synchronized (this) {
			int headLength = this.envelope.headLength(frameLength);
			long length = headLength + (long) frameLength;
			if (isTooLong(length)) {
				return Appended.UNSENDABLE;
			}
			long queued = queuedBytes() + length;
			Appended refused = refusal(length, queued);
			if (refused != null) {
				return refused;
			}
			if (headLength > 0) {
				this.envelope.writeHead(frameLength, pending().room(headLength));
			}
			if (frameLength < SHARED_FROM && !this.pending.isEmpty()) {
				Copying.copy(frame, frame.readerIndex(), frameLength, pending().room(frameLength));
			}
			else {
				pending().share(frame);
			}
			return accepted(msgId, 1, length, queued, list);
		}
	}

	/**
	 * Append a last payload, and accept nothing after it. Never waits. This connection is
	 * not listed for a flush.
	 * @param <T> the type of the payload
	 * @param msgId the message number, in range
	 * @param what the payload
	 * @param encoding the encoding
	 * @return the result; nothing more is accepted in any case, also if the encoding
	 * throws
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

	private boolean isTooLong(long length) {
		return length > this.context.settings().maxBytes();
	}

	private <T> void encode(long msgId, T what, Encoding<T> encoding, int length) {
		Envelope envelope = this.envelope;
		ByteBuf out = pending().room(envelope.headLength(length) + length);
		int start = out.writerIndex();
		try {
			envelope.writeHead(length, out);
			encoding.write(this.context.codec(), msgId, what, length, out);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

	private Appended accepted(long msgId, int messages, long length, long queued, boolean list) {
		// Raw bytes are not a message and have no number.
		this.pending.count(this.traffic.place((messages > 0) ? msgId : -1), messages, length);
		count(messages, length, queued);
		if (!list || this.listed) {
			return Appended.ACCEPTED;
		}
		this.listed = true;
		return Appended.ACCEPTED_AND_LISTED;
	}

}
