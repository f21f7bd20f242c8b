package io.zinx.outbound;

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.zinx.codec.FrameCodec;
import io.zinx.message.Copying;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The one ordered way out of a connection. Any thread encodes its message straight into
 * the buffer that gathers; the event loop takes what has gathered and writes it at once.
 * A frame that many connections get is encoded by others and shared.
 * <p>
 * The fields are guarded by a lock that is held for one encoding, or for handing over to
 * Netty, and never while user code runs. A thread that waits for room lets go of it. It
 * is the monitor of this object, because a lock of its own would be memory for each
 * connection.
 */
public final class Outbound {

	/**
	 * Shorter frames are copied behind what waits, which costs less than sharing them.
	 */
	private static final int SHARED_FROM = 512;

	private final Channel channel;

	private final FrameCodec codec;

	private final OutboundSettings settings;

	private final OutboundBudget budget;

	private final TrafficCounter traffic;

	/** Made when something is sent for the first time. */
	private Gathering gathering = Gathering.NOTHING;

	private long messages;

	private long bytes;

	/** What {@link #written()} has said last. */
	private long written;

	private long reported;

	private boolean listed;

	private boolean closed;

	private int waitingForRoom;

	/** Bytes that are on their way to the socket and not counted elsewhere. */
	private volatile int beingWritten;

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
		long length = encoding.encodedLength(this.codec, msgId, what);
		if (isUnsendable(length)) {
			return Appended.UNSENDABLE;
		}
		synchronized (this) {
			long queued = queuedBytes() + length;
			Appended refused = refuse(queued);
			if (refused != null) {
				return refused;
			}
			encode(msgId, what, encoding, (int) length);
			if (listener != null) {
				this.gathering.listen(listener);
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
		long length = encoding.encodedLength(this.codec, msgId, what);
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
			Appended refused = refuse(queued);
			if (refused != null) {
				return refused;
			}
			if (length < SHARED_FROM && !this.gathering.isEmpty()) {
				Copying.copy(frame, frame.readerIndex(), length, gathering().room(length));
			}
			else {
				gathering().share(frame);
			}
			return accepted(msgId, 1, length, queued, list);
		}
	}

	private Gathering gathering() {
		if (this.gathering == Gathering.NOTHING) {
			this.gathering = new Gathering(this.channel);
		}
		return this.gathering;
	}

	private boolean isUnsendable(long length) {
		return length < 0 || length > this.settings.maxBytes();
	}

	private @Nullable Appended refuse(long queued) {
		if (this.closed) {
			return Appended.CLOSED;
		}
		if (queued > this.settings.maxBytes()) {
			return Appended.OVERFLOW;
		}
		return takesFromOthers() ? Appended.TOTAL_OVERFLOW : null;
	}

	private @Nullable Appended awaitRoom(long length, long nanos, Runnable publish) throws InterruptedException {
		Appended refused = refuse(queuedBytes() + length);
		if (refused != Appended.OVERFLOW) {
			return refused;
		}
		this.waitingForRoom++;
		try {
			publish.run();
			long start = System.nanoTime();
			long left = nanos;
			while (refused == Appended.OVERFLOW && left > 0) {
				// At least a millisecond, because 0 means for ever.
				wait(1 + TimeUnit.NANOSECONDS.toMillis(left));
				left = nanos - (System.nanoTime() - start);
				refused = refuse(queuedBytes() + length);
			}
			return refused;
		}
		finally {
			this.waitingForRoom--;
		}
	}

	private void tellRoom() {
		if (this.waitingForRoom > 0) {
			notifyAll();
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

	private <T> void encode(long msgId, T what, Encoding<T> encoding, int length) {
		ByteBuf out = gathering().room(length);
		int start = out.writerIndex();
		try {
			encoding.write(this.codec, msgId, what, out);
		}
		catch (Throwable ex) {
			out.writerIndex(start);
			throw ex;
		}
	}

	private Appended accepted(long msgId, int messages, long length, long queued, boolean list) {
		// Raw bytes are no message, and have no number.
		this.gathering.count(this.traffic.place((messages > 0) ? msgId : -1), messages, length);
		this.bytes += length;
		this.messages += messages;
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

	/**
	 * Write what has gathered, as long as the socket takes it. Event loop only.
	 * @param evenIfFull whether to write on although the socket takes nothing at present
	 */
	public void write(boolean evenIfFull) {
		List<WriteListener> told;
		ChannelPromise promise = null;
		ByteBuf direct;
		synchronized (this) {
			this.listed = false;
			if (this.gathering.isEmpty() || (!evenIfFull && !this.channel.isWritable())) {
				return;
			}
			told = this.gathering.listeners();
			if (told != null) {
				promise = this.channel.newPromise();
			}
			this.gathering.countTo(this.traffic);
			direct = DirectSocket.isFree(this.channel) ? this.gathering.takeSingle() : null;
			// Under the lock, so that at every moment each byte that waits is counted
			// once.
			if (direct != null) {
				this.beingWritten = direct.readableBytes();
			}
			else {
				this.gathering.handOver(orNobodys(promise));
			}
		}
		boolean written = direct != null && writeDirectly(direct, promise);
		if (told != null && promise != null) {
			promise.addListener((result) -> written(told, result.cause()));
		}
		if (!written) {
			this.channel.flush();
		}
	}

	/**
	 * For Netty, which wants a promise also if nobody wants to know.
	 */
	private ChannelPromise orNobodys(@Nullable ChannelPromise promise) {
		return (promise != null) ? promise : this.channel.voidPromise();
	}

	/**
	 * Look at what {@link #write} is about to read, so that the processor has fetched it
	 * by then. Without the lock, so this may be out of date. Event loop only.
	 * @return of no meaning, but made of all that was looked at
	 */
	public long look() {
		Gathering gathered = this.gathering;
		return DirectSocket.look(this.channel) + this.waitingForRoom + this.beingWritten + gathered.bytes()
				+ (gathered.isEmpty() ? 0 : 1);
	}

	/**
	 * Without the lock, as others may send while the system writes.
	 * @return {@code false} if Netty has the rest and must flush it
	 */
	private boolean writeDirectly(ByteBuf buffer, @Nullable ChannelPromise promise) {
		int written = DirectSocket.write(this.channel, buffer);
		if (written < buffer.readableBytes()) {
			synchronized (this) {
				this.channel.write(buffer.duplicate().skipBytes(written), orNobodys(promise));
				this.beingWritten = 0;
			}
			return false;
		}
		buffer.release();
		this.beingWritten = 0;
		if (promise != null) {
			promise.trySuccess();
		}
		return true;
	}

	/**
	 * A promise with listeners tells nobody else of its failure, so do what others do.
	 */
	private void written(List<WriteListener> told, @Nullable Throwable cause) {
		if (cause != null && this.channel.isRegistered()) {
			this.channel.pipeline().fireExceptionCaught(cause);
		}
		told.forEach((listener) -> listener.written(cause));
	}

	/**
	 * Compare notes after writing. Event loop only.
	 * @return whether the connection was congested and no longer is
	 */
	public boolean settle() {
		if (!this.congested && this.reported == 0 && this.waitingForRoom == 0) {
			return false;
		}
		synchronized (this) {
			reportBacklog();
			tellRoom();
			if (!this.congested || this.gathering.bytes() > 0 || !(this.channel.isWritable() || this.closed)) {
				return false;
			}
			this.congested = false;
			return true;
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
		synchronized (this) {
			this.closed = true;
			tellRoom();
		}
	}

	/**
	 * Accept nothing more and forget what was accepted.
	 */
	public void discard() {
		List<WriteListener> told;
		synchronized (this) {
			this.closed = true;
			tellRoom();
			told = this.gathering.listeners();
			this.gathering.release();
			report(0);
			this.congested = false;
		}
		if (told != null) {
			ClosedChannelException cause = new ClosedChannelException();
			told.forEach((listener) -> listener.written(cause));
		}
	}

	/**
	 * Whether somebody waits for this connection's backlog to be written: the budget of
	 * all, or a thread that wants to send; and there is one at Netty, so that something
	 * will happen to it. Event loop only, after {@link #settle()}.
	 * @return whether it must be settled again once it is written
	 */
	public boolean isAwaited() {
		if (this.reported == 0 && this.waitingForRoom == 0) {
			return false;
		}
		// None is left of a socket that is closed, though its end may not be told yet.
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		return buffer != null && !buffer.isEmpty();
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
		synchronized (this) {
			return this.messages;
		}
	}

	/**
	 * How many bytes were accepted.
	 * @return bytes as on the wire
	 */
	public long bytes() {
		synchronized (this) {
			return this.bytes;
		}
	}

	/**
	 * How many bytes wait, here or at Netty.
	 * @return bytes, about
	 */
	public long queued() {
		synchronized (this) {
			return queuedBytes();
		}
	}

	/**
	 * How many bytes the socket has taken. Event loop only.
	 * @return bytes, without what TLS adds; never falls, and is a little low while what
	 * TLS has encrypted waits
	 */
	public long written() {
		synchronized (this) {
			this.written = Math.max(this.written, this.bytes - this.gathering.bytes() - Unwritten.bytes(this.channel));
			return this.written;
		}
	}

	private long queuedBytes() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		return this.gathering.bytes() + this.beingWritten + ((buffer != null) ? buffer.totalPendingWriteBytes() : 0);
	}

	/**
	 * A result, and whether the caller must now publish the connection.
	 */
	public enum Appended {

		/** It will be written; the connection is published already, or need not be. */
		ACCEPTED,

		/** It will be written once the caller has published the connection. */
		ACCEPTED_AND_LISTED,

		/** The connection is closed. */
		CLOSED,

		/** There is no room on this connection. */
		OVERFLOW,

		/** All connections together hold too much, and this one much of it. */
		TOTAL_OVERFLOW,

		/** The wire format cannot express it, or it is longer than the bound. */
		UNSENDABLE

	}

}
