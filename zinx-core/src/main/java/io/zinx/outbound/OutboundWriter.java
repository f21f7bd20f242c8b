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
 * The writing part of an {@link Outbound}, for its event loop: takes all pending writes
 * and gives them to the socket at once.
 */
abstract class OutboundWriter extends Backlog {

	private static final Logger logger = LoggerFactory.getLogger(OutboundWriter.class);

	OutboundWriter(Channel channel, OutboundContext context, TrafficCounter traffic) {
		super(channel, context, traffic);
	}

	/**
	 * Write all pending writes, as long as the socket accepts them. Event loop only.
	 * @param evenIfFull whether to write although the socket accepts nothing at present
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
	 * The promise for Netty, which requires one also without listeners.
	 */
	private ChannelPromise orVoid(@Nullable ChannelPromise promise) {
		return (promise != null) ? promise : this.channel.voidPromise();
	}

	/**
	 * Take all pending writes if they may be written directly. Under the monitor, so that
	 * each waiting byte is counted exactly once at all times.
	 * @return {@code null} if Netty must write them
	 */
	private @Nullable ByteBuf takeForSocket() {
		ByteBuf direct = DirectSocket.isFree(this.channel) ? this.pending.takeSingle() : null;
		if (direct != null) {
			this.beingWritten = direct.readableBytes();
		}
		return direct;
	}

	/**
	 * Write to the socket. Without the monitor, so that other threads can send meanwhile.
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
	 * Notify listeners of a write. A promise with listeners does not fire its exception
	 * through the pipeline, so this method does.
	 */
	private void tell(List<WriteListener> listeners, @Nullable Throwable cause) {
		if (cause != null && this.channel.isRegistered()) {
			this.channel.pipeline().fireExceptionCaught(cause);
		}
		tellAll(listeners, cause);
	}

	/**
	 * Call all listeners; an exception of one affects neither the others nor the writer.
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
	 * Update the counts after a write. Event loop only.
	 * @return whether congestion has ended
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
	 * Return whether the budget or a sending thread depends on the backlog, and Netty has
	 * one that it will write. Event loop only, after {@link #settle()}.
	 * @return whether {@link #settle()} must be called again once it is written
	 */
	public final boolean isAwaited() {
		return isObserved() && ChannelInternals.hasFlushed(this.channel);
	}

	/**
	 * Accept nothing more and discard everything that was accepted and not handed over.
	 * Any thread.
	 * @return the number of discarded messages, without raw bytes
	 */
	public final int discard() {
		List<WriteListener> listeners;
		int messages;
		synchronized (this) {
			listeners = this.pending.listeners();
			messages = this.pending.messages();
			this.pending.release();
			this.pending = PendingWrites.DISCARDED;
			forget();
		}
		if (listeners != null) {
			tellAll(listeners, new ClosedChannelException());
		}
		return messages;
	}

}
