package io.zinx.outbound;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.zinx.codec.FrameCodec;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The one ordered way out of a connection. Any thread encodes its message straight into
 * the buffer that gathers; the event loop takes what has gathered and writes it at once.
 * <p>
 * The fields are guarded by a lock that is held for one encoding, or for handing over to
 * Netty, and never while something else is waited for.
 */
public final class Outbound {

	private static final int SMALLEST_BUFFER = 256;

	private static final int LARGEST_BUFFER = 64 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Channel channel;

	private final FrameCodec codec;

	private final OutboundSettings settings;

	private final OutboundBudget budget;

	private final TrafficCounter traffic;

	private @Nullable ByteBuf gathering;

	private @Nullable Queue<ByteBuf> full;

	private long pendingBytes;

	private int pendingMessages;

	private int lastBatchBytes;

	private long messages;

	private long bytes;

	private long reported;

	private boolean listed;

	private boolean closed;

	private volatile boolean congested;

	/**
	 * Make the way out of a connection.
	 * @param channel its channel
	 * @param codec how messages are written
	 * @param settings how much may wait
	 * @param budget what all connections together may keep waiting
	 * @param traffic where messages are counted that are handed to the socket
	 */
	public Outbound(Channel channel, FrameCodec codec, OutboundSettings settings, OutboundBudget budget,
			TrafficCounter traffic) {
		this.channel = channel;
		this.traffic = traffic;
		this.codec = codec;
		this.settings = settings;
		this.budget = budget;
	}

	/**
	 * Encode a message behind those before it.
	 * @param <T> what holds the body
	 * @param msgId the message number, in range
	 * @param body what holds the body
	 * @param form how to read it
	 * @param list whether to list this connection for collection
	 * @return what became of it
	 */
	public <T> Appended append(long msgId, T body, BodyForm<T> form, boolean list) {
		int length = form.length(body);
		long frameLength = (long) this.codec.headLength() + length + this.codec.tailLength();
		if (msgId > this.codec.maxMsgId() || length < this.codec.minBodyLength() || length > this.codec.maxBodyLength()
				|| frameLength > this.settings.maxBytes()) {
			return Appended.UNSENDABLE;
		}
		this.lock.lock();
		try {
			if (this.closed) {
				return Appended.CLOSED;
			}
			long queued = queuedBytes() + frameLength;
			if (queued > this.settings.maxBytes() || takesFromOthers()) {
				return Appended.OVERFLOW;
			}
			encode(msgId, body, form, (int) frameLength);
			if (queued > this.settings.highWaterMark()) {
				this.congested = true;
			}
			if (queued - this.reported >= OutboundBudget.STEP) {
				report(queued);
			}
			if (!list || this.listed) {
				return Appended.ACCEPTED;
			}
			this.listed = true;
			return Appended.ACCEPTED_AND_LISTED;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether all connections together hold too much, and this one much of it.
	 */
	private boolean takesFromOthers() {
		if (this.reported == 0 || !this.budget.isExceeded()) {
			return false;
		}
		reportBacklog();
		return this.reported > 0 && this.budget.isExceeded();
	}

	private <T> void encode(long msgId, T body, BodyForm<T> form, int frameLength) {
		ByteBuf out = room(frameLength);
		int start = out.writerIndex();
		try {
			this.codec.writeHead(msgId, form.length(body), out);
			form.write(body, out);
			this.codec.writeTail(out, start);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
		this.pendingBytes += frameLength;
		this.pendingMessages++;
		this.bytes += frameLength;
		this.messages++;
	}

	private ByteBuf room(int frameLength) {
		ByteBuf out = this.gathering;
		if (out != null && (out.writableBytes() >= frameLength || out.capacity() < LARGEST_BUFFER)) {
			return out;
		}
		int capacity = Math.max(frameLength, Math.max(SMALLEST_BUFFER, this.lastBatchBytes));
		ByteBuf next = this.channel.alloc().ioBuffer(capacity);
		if (out != null) {
			full().add(out);
		}
		this.gathering = next;
		return next;
	}

	private Queue<ByteBuf> full() {
		Queue<ByteBuf> buffers = this.full;
		if (buffers == null) {
			buffers = new ArrayDeque<>(4);
			this.full = buffers;
		}
		return buffers;
	}

	/**
	 * Write what has gathered, as long as the socket takes it. Event loop only.
	 * @param evenIfFull whether to write on although the socket takes nothing at present
	 */
	public void write(boolean evenIfFull) {
		this.lock.lock();
		try {
			this.listed = false;
			if (this.gathering == null || (!evenIfFull && !this.channel.isWritable())) {
				return;
			}
			this.traffic.addOut(this.pendingMessages, this.pendingBytes);
			this.lastBatchBytes = (int) Math.min(LARGEST_BUFFER, this.pendingBytes);
			handOver(this.gathering);
		}
		finally {
			this.lock.unlock();
		}
		this.channel.flush();
	}

	/**
	 * Hand over to Netty, which sends nothing yet. Under the lock, so that at every
	 * moment each byte that waits is counted once, here or there.
	 */
	private void handOver(ByteBuf last) {
		Queue<ByteBuf> first = this.full;
		clear();
		if (first != null) {
			for (ByteBuf buffer : first) {
				this.channel.write(buffer, this.channel.voidPromise());
			}
		}
		this.channel.write(last, this.channel.voidPromise());
	}

	private void clear() {
		this.full = null;
		this.gathering = null;
		this.pendingBytes = 0;
		this.pendingMessages = 0;
	}

	/**
	 * Compare notes after writing. Event loop only.
	 * @return whether the connection was congested and no longer is
	 */
	public boolean settle() {
		if (!this.congested && this.reported == 0) {
			return false;
		}
		this.lock.lock();
		try {
			reportBacklog();
			if (!this.congested || this.pendingBytes > 0 || !(this.channel.isWritable() || this.closed)) {
				return false;
			}
			this.congested = false;
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void reportBacklog() {
		long queued = queuedBytes();
		report((queued >= OutboundBudget.STEP) ? queued : 0);
	}

	private void report(long queued) {
		this.budget.add(queued - this.reported);
		this.reported = queued;
	}

	/**
	 * Accept nothing more. What was accepted stays.
	 */
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Accept nothing more and forget what was accepted.
	 */
	public void discard() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.full != null) {
				this.full.forEach(ByteBuf::release);
			}
			if (this.gathering != null) {
				this.gathering.release();
			}
			clear();
			report(0);
			this.congested = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Whether this connection's backlog counts in the budget of all. Event loop only,
	 * after {@link #settle()}.
	 * @return whether it must be settled again once it is written
	 */
	public boolean isReported() {
		return this.reported > 0;
	}

	/**
	 * Whether the high-water mark was passed and the backlog is not yet written.
	 * @return whether reading should pause
	 */
	public boolean isCongested() {
		return this.congested;
	}

	/**
	 * How many messages were accepted.
	 * @return 0 or more
	 */
	public long messages() {
		this.lock.lock();
		try {
			return this.messages;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many bytes were accepted.
	 * @return bytes as on the wire
	 */
	public long bytes() {
		this.lock.lock();
		try {
			return this.bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How many bytes wait, here or at Netty.
	 * @return bytes, about
	 */
	public long queued() {
		this.lock.lock();
		try {
			return queuedBytes();
		}
		finally {
			this.lock.unlock();
		}
	}

	private long queuedBytes() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		return this.pendingBytes + ((buffer != null) ? buffer.totalPendingWriteBytes() : 0);
	}

	/**
	 * How to read a body: one for each type, so that a send makes no object.
	 *
	 * @param <T> what holds the body
	 */
	public interface BodyForm<T> {

		/** A byte array. */
		BodyForm<byte[]> BYTES = new BodyForm<>() {
			@Override
			public int length(byte[] body) {
				return body.length;
			}

			@Override
			public void write(byte[] body, ByteBuf out) {
				out.writeBytes(body);
			}
		};

		/** The readable bytes of a buffer. */
		BodyForm<ByteBuf> BUFFER = new BodyForm<>() {
			@Override
			public int length(ByteBuf body) {
				return body.readableBytes();
			}

			@Override
			public void write(ByteBuf body, ByteBuf out) {
				out.writeBytes(body, body.readerIndex(), body.readableBytes());
			}
		};

		/**
		 * How long the body is.
		 * @param body the body
		 * @return bytes
		 */
		int length(T body);

		/**
		 * Write the body.
		 * @param body the body, which does not change
		 * @param out where to
		 */
		void write(T body, ByteBuf out);

	}

	/**
	 * A result, and whether the caller must now publish the connection.
	 */
	public enum Appended {

		ACCEPTED, ACCEPTED_AND_LISTED, CLOSED, OVERFLOW, UNSENDABLE

	}

}
