package io.zinx.outbound;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one connection has accepted and its socket has not taken, and their
 * bounds. A byte that waits is in exactly one of three places: in {@link PendingWrites},
 * on its way to the socket ({@link #beingWritten}), or in Netty's queue.
 * <p>
 * The fields are guarded by the monitor of this object, because a lock of its own would
 * be memory for each connection. It is held for one encoding, or for handing over to
 * Netty, and never while user code runs. A thread that waits for room lets go of it.
 */
abstract class Backlog {

	final Channel channel;

	final OutboundContext context;

	final TrafficCounter traffic;

	/** Made when something is sent for the first time. */
	PendingWrites pending = PendingWrites.NOTHING;

	/** Whether the connection is listed for collection. */
	boolean listed;

	private long messages;

	private long bytes;

	private long written;

	/** The bytes that are counted in the budget of all connections. */
	private long reported;

	private boolean closed;

	private int waitingForRoom;

	/** Bytes that are on their way to the socket and not counted elsewhere. */
	volatile int beingWritten;

	private volatile Congestion congestion = Congestion.NONE;

	Backlog(Channel channel, OutboundContext context, TrafficCounter traffic) {
		this.channel = channel;
		this.context = context;
		this.traffic = traffic;
	}

	/**
	 * The reason to refuse a message. Under the monitor.
	 * @param length its bytes; with it, {@code queued} bytes would wait
	 * @return the reason, or {@code null} if there is room
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
	 * Whether all connections together hold too much, and this one much of it.
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
	 * @param queued how many bytes wait with it
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
	 * Wait until there is room. Under the monitor, which is let go of meanwhile.
	 * @param length the bytes of the message
	 * @param nanos how long at most
	 * @param publish sees that the event loop writes soon; called before waiting
	 * @return the reason to refuse the message after all, or {@code null}
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
	 * Whether the budget of all, or a thread that sends, waits for it to be written.
	 */
	final boolean isObserved() {
		return this.reported != 0 || this.waitingForRoom != 0;
	}

	/**
	 * Accept nothing more. Everything that was accepted stays. Any thread.
	 */
	public final synchronized void close() {
		this.closed = true;
		tellRoom();
	}

	/**
	 * Compare notes after a write. Under the monitor.
	 * @return whether the connection was congested and no longer is
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
	 * Notice that the connection has become congested. Event loop only.
	 * @return whether it is news
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
	 * Count nothing any more as waiting. Under the monitor.
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
	 * Whether the connection is congested: the high-water mark was passed and the backlog
	 * is not yet written. Any thread.
	 * @return whether reading should pause
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
	 * The bytes that wait, here or at Netty. Any thread.
	 * @return bytes, about
	 */
	public final synchronized long queued() {
		return queuedBytes();
	}

	/**
	 * The bytes that the socket has taken. Event loop only.
	 * @return bytes, without those that TLS adds; never falls, is a little low while what
	 * TLS has encrypted waits, and stays once the socket is closed or the rest forgotten
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
