package io.zinx.outbound;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one connection has accepted and its socket has not, with their
 * bounds. A waiting byte is in exactly one of three places: in {@link PendingWrites}, on
 * its way to the socket ({@link #beingWritten}), or in Netty's queue.
 * <p>
 * The fields are guarded by the monitor of this object, because a separate lock would
 * cost memory for each connection. It is held for one encoding, or for handing over to
 * Netty, and never while user code runs. A thread that waits for space releases it.
 */
abstract class Backlog {

	final Channel channel;

	final OutboundContext context;

	final TrafficCounter traffic;

	/** The messages that wait here; created with the first send. */
	PendingWrites pending = PendingWrites.NOTHING;

	/** True while the connection is listed for a flush. */
	boolean listed;

	private long messages;

	private long bytes;

	private long written;

	/** The bytes counted in the budget of all connections. */
	private long reported;

	private boolean closed;

	private int waitingForRoom;

	/** The bytes that are on their way to the socket and not counted elsewhere. */
	volatile int beingWritten;

	private volatile Congestion congestion = Congestion.NONE;

	Backlog(Channel channel, OutboundContext context, TrafficCounter traffic) {
		this.channel = channel;
		this.context = context;
		this.traffic = traffic;
	}

	/**
	 * The reason not to accept a message. Under the monitor.
	 * @param length its bytes; with it, {@code queued} bytes would wait
	 * @return the reason, or {@code null} if the bounds allow it
	 */
	final @Nullable Appended refusal(long length, long queued) {
		if (this.closed) {
			return Appended.CLOSED;
		}
		if (queued > this.context.settings().maxBytes()) {
			return Appended.OVERFLOW;
		}
		return (takesFromOthers() || this.context.budget().isTooLong(length)) ? Appended.TOTAL_OVERFLOW : null;
	}

	/**
	 * True if the queue bound of all is reached, and this one holds a large part.
	 */
	private boolean takesFromOthers() {
		if (this.reported == 0 || !this.context.budget().isExceeded()) {
			return false;
		}
		reportBacklog();
		return this.reported > 0 && this.context.budget().isExceeded();
	}

	/**
	 * Count an accepted message. Under the monitor.
	 * @param messages 1, or 0 for raw bytes
	 * @param length its bytes
	 * @param queued the number of bytes that wait with it
	 */
	final void count(int messages, long length, long queued) {
		this.bytes += length;
		this.messages += messages;
		if (queued > this.context.settings().highWaterMark() && this.congestion == Congestion.NONE) {
			this.congestion = Congestion.NEW;
		}
		if (queued - this.reported >= OutboundBudget.STEP) {
			report(queued);
		}
	}

	/**
	 * Wait until the bounds allow a message. Releases the monitor meanwhile.
	 * @param length the bytes of the message
	 * @param nanos the longest wait
	 * @param publish makes the event loop write soon; called before waiting
	 * @return the reason not to accept the message, or {@code null}
	 * @throws InterruptedException if the thread was interrupted
	 */
	final @Nullable Appended awaitRoom(long length, long nanos, Runnable publish) throws InterruptedException {
		Appended refused = refusal(length, queuedBytes() + length);
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
				refused = refusal(length, queuedBytes() + length);
			}
			return refused;
		}
		finally {
			this.waitingForRoom--;
		}
	}

	final void tellRoom() {
		if (this.waitingForRoom > 0) {
			notifyAll();
		}
	}

	/**
	 * True if the budget or a sending thread waits for the writing of this backlog.
	 */
	final boolean isObserved() {
		return this.reported != 0 || this.waitingForRoom != 0;
	}

	/**
	 * Accept no more messages. Those that were accepted stay. Any thread.
	 */
	public final synchronized void close() {
		this.closed = true;
		tellRoom();
	}

	/**
	 * Update the counts after a write. Under the monitor.
	 * @return whether congestion has ended
	 */
	final boolean settleCounts() {
		reportBacklog();
		tellRoom();
		if (!isCongested() || this.pending.bytes() > 0 || !(this.channel.isWritable() || this.closed)) {
			return false;
		}
		this.congestion = Congestion.NONE;
		return true;
	}

	/**
	 * Note that the connection has become congested. Event loop only.
	 * @return whether it was not noted before
	 */
	public final boolean noticeCongestion() {
		if (this.congestion != Congestion.NEW) {
			return false;
		}
		synchronized (this) {
			boolean news = this.congestion == Congestion.NEW;
			this.congestion = news ? Congestion.NOTICED : this.congestion;
			return news;
		}
	}

	/**
	 * Reset the counts of waiting bytes. Under the monitor.
	 */
	final void forget() {
		close();
		report(0);
		this.congestion = Congestion.NONE;
	}

	private void reportBacklog() {
		long queued = queuedBytes();
		report((queued >= OutboundBudget.STEP) ? queued : 0);
	}

	private void report(long queued) {
		this.context.budget().add(queued - this.reported);
		this.reported = queued;
	}

	/**
	 * Return whether the connection is congested: the high-water mark was exceeded and
	 * the backlog is not yet written. Any thread.
	 * @return whether reading must pause
	 */
	public final boolean isCongested() {
		return this.congestion != Congestion.NONE;
	}

	/**
	 * The number of messages accepted. Any thread.
	 * @return 0 or more
	 */
	public final synchronized long messages() {
		return this.messages;
	}

	/**
	 * The number of bytes accepted. Any thread.
	 * @return bytes as on the wire
	 */
	public final synchronized long bytes() {
		return this.bytes;
	}

	/**
	 * The number of bytes that wait, here or at Netty. Any thread.
	 * @return bytes, an estimate
	 */
	public final synchronized long queued() {
		return queuedBytes();
	}

	/**
	 * The number of bytes that the socket has accepted. Event loop only.
	 * @return bytes, without those that TLS adds; never decreases, is slightly too low
	 * while encrypted bytes wait, and stays after a close or discard
	 */
	public final synchronized long written() {
		if (this.pending != PendingWrites.DISCARDED && ChannelInternals.isOpen(this.channel)) {
			long waiting = this.pending.bytes() + ChannelInternals.unwrittenBytes(this.channel);
			this.written = Math.max(this.written, this.bytes - waiting);
		}
		return this.written;
	}

	final long queuedBytes() {
		return this.pending.bytes() + this.beingWritten + ChannelInternals.queuedBytes(this.channel);
	}

}
