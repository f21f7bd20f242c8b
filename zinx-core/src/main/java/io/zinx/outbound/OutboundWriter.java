package io.zinx.outbound;

import java.nio.channels.ClosedChannelException;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.metrics.TrafficCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop's side of the way out of a connection: takes everything that has
 * gathered and gives it to the socket at once.
 */
abstract class OutboundWriter extends Backlog {

	private static final Logger logger = LoggerFactory.getLogger(OutboundWriter.class);

	OutboundWriter(Channel channel, OutboundContext context, TrafficCounter traffic) {
		super(channel, context, traffic);
	}

	/**
	 * Write everything that has gathered, as long as the socket takes it. Event loop
	 * only.
	 * @param evenIfFull whether to write on although the socket takes nothing at present
	 */
	public final void write(boolean evenIfFull) {
		List<WriteListener> listeners;
		ChannelPromise promise = null;
		ByteBuf direct;
		synchronized (this) {
			this.listed = false;
			if (this.pending.isEmpty() || (!evenIfFull && !this.channel.isWritable())) {
				return;
			}
			listeners = this.pending.listeners();
			if (listeners != null) {
				promise = this.channel.newPromise();
			}
			this.pending.countTo(this.traffic);
			direct = takeForSocket();
			if (direct == null) {
				this.pending.handOver(orVoid(promise));
			}
		}
		boolean written = direct != null && writeToSocket(direct, promise);
		if (listeners != null && promise != null) {
			promise.addListener((result) -> tell(listeners, result.cause()));
		}
		if (!written) {
			this.channel.flush();
		}
	}

	/**
	 * The promise that Netty wants also if nobody listens.
	 */
	private ChannelPromise orVoid(@Nullable ChannelPromise promise) {
		return (promise != null) ? promise : this.channel.voidPromise();
	}

	/**
	 * Take everything that has gathered if it may go straight to the socket. Under the
	 * monitor, so that at every moment each byte that waits is counted once.
	 * @return {@code null} if Netty must have it
	 */
	private @Nullable ByteBuf takeForSocket() {
		ByteBuf direct = DirectSocket.isFree(this.channel) ? this.pending.takeSingle() : null;
		if (direct != null) {
			this.beingWritten = direct.readableBytes();
		}
		return direct;
	}

	/**
	 * Write to the socket. Without the monitor, as others may send while the system
	 * writes.
	 * @return {@code false} if Netty has the rest and must flush it
	 */
	private boolean writeToSocket(ByteBuf buffer, @Nullable ChannelPromise promise) {
		int written = DirectSocket.write(this.channel, buffer);
		if (written < buffer.readableBytes()) {
			synchronized (this) {
				this.channel.write(buffer.duplicate().skipBytes(written), orVoid(promise));
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
	 * A promise with listeners tells nobody else of its failure, so do as others do.
	 */
	private void tell(List<WriteListener> listeners, @Nullable Throwable cause) {
		if (cause != null && this.channel.isRegistered()) {
			this.channel.pipeline().fireExceptionCaught(cause);
		}
		tellAll(listeners, cause);
	}

	/**
	 * One that fails keeps nothing from the others, nor from who has written.
	 */
	private static void tellAll(List<WriteListener> listeners, @Nullable Throwable cause) {
		for (WriteListener listener : listeners) {
			try {
				listener.written(cause);
			}
			catch (Throwable ex) {
				logger.error("Write listener {} failed, the others are still called", listener.getClass().getName(),
						ex);
			}
		}
	}

	/**
	 * Look at everything that {@link #write} is about to read, so that the processor has
	 * fetched it by then. Without the monitor, so this may be out of date. Event loop
	 * only.
	 * @return of no meaning, but made of all that was looked at
	 */
	public final long look() {
		PendingWrites gathered = this.pending;
		return DirectSocket.look(this.channel) + (isObserved() ? 1 : 0) + this.beingWritten + gathered.bytes()
				+ (gathered.isEmpty() ? 0 : 1);
	}

	/**
	 * Compare notes after writing. Event loop only.
	 * @return whether the connection was congested and no longer is
	 */
	public final boolean settle() {
		if (!isCongested() && !isObserved()) {
			return false;
		}
		synchronized (this) {
			return settleCounts();
		}
	}

	/**
	 * Whether somebody waits for this connection's backlog to be written, and there is
	 * one at Netty, so that something will happen to it. Event loop only, after
	 * {@link #settle()}.
	 * @return whether it must be settled again once it is written
	 */
	public final boolean isAwaited() {
		return isObserved() && ChannelInternals.hasFlushed(this.channel);
	}

	/**
	 * Accept nothing more and forget everything that was accepted. Any thread.
	 */
	public final void discard() {
		List<WriteListener> listeners;
		synchronized (this) {
			listeners = this.pending.listeners();
			this.pending.release();
			this.pending = PendingWrites.DISCARDED;
			forget();
		}
		if (listeners != null) {
			tellAll(listeners, new ClosedChannelException());
		}
	}

}
