package io.zinx.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how far what was sent before a drain reaches in all that a connection
 * receives, from the reads of its socket. Event loop only.
 *
 * <p>
 * That nothing more is there proves nothing by itself: while this side did not read, the
 * kernel of the peer may have been full as well, and sends on only now that there is
 * room. It proves it when the peer was not held up for as long as something may be on its
 * way: because this side has read all the time, or because so little has come in that
 * time that there was room for more.
 */
final class SentBefore {

	/**
	 * As much as the kernel of a peer holds by default (4 MiB with Linux) while this side
	 * does not read, the longest record of TLS, and what a kernel takes beyond its bound.
	 */
	private static final long AT_PEER = (4 * 1024 + 64) * 1024;

	/**
	 * A kernel uses half of its memory for what it has to say of each packet, so a peer
	 * that has sent less than a quarter of it can send more.
	 */
	private static final int PART_WITH_ROOM = 4;

	private static final long UNKNOWN = Long.MAX_VALUE;

	private final LongSupplier nanoTime;

	/** How long something may be on its way. */
	private final long quietNanos;

	private long reads;

	/** The bytes that were read from the socket; with TLS, before they are decrypted. */
	private long taken;

	/** Whether the last read took less than there was room for: all that was there. */
	private boolean emptied;

	private boolean heldUp;

	/** The time since which this side has read, unless it is {@link #heldUp}. */
	private long readingSince;

	/** The beginning of a span of time in which little has come. */
	private long spanBegun;

	private long takenBeforeSpan;

	/** The bytes that come in such a span at most. */
	private long little;

	/** The number of bytes after which all is read that both kernels held. */
	private long enough = UNKNOWN;

	private boolean arrived;

	/** The end of it, in bytes of the connection. */
	private long end = UNKNOWN;

	/**
	 * From now on what comes was sent before, or may have been.
	 * @param nanoTime the time
	 * @param quietPeriod how long something may be on its way
	 */
	SentBefore(LongSupplier nanoTime, Duration quietPeriod) {
		this.nanoTime = nanoTime;
		this.quietNanos = quietPeriod.toNanos();
		this.readingSince = nanoTime.getAsLong();
		this.spanBegun = this.readingSince;
	}

	/**
	 * How often something was read.
	 */
	long reads() {
		return this.reads;
	}

	/**
	 * Something was read from the socket.
	 */
	void read(ByteBuf buffer) {
		this.reads++;
		this.taken += buffer.readableBytes();
		this.emptied = buffer.isWritable();
	}

	/**
	 * All of it is in a kernel, this one or that of the peer, or was read.
	 * @param config tells how much this kernel may hold
	 */
	void arrived(ChannelConfig config) {
		int most = mostInKernel(config);
		this.arrived = true;
		this.little = most / PART_WITH_ROOM;
		this.enough = (most > 0) ? this.taken + most + AT_PEER : UNKNOWN;
	}

	private static int mostInKernel(ChannelConfig config) {
		try {
			@Nullable Integer most = config.getOption(ChannelOption.SO_RCVBUF);
			return (most != null) ? most : 0;
		}
		catch (ChannelException ex) {
			return 0;
		}
	}

	/**
	 * Note whether this side does not read, at the beginning, after each read and at any
	 * other time.
	 */
	void heldUp(boolean heldUp) {
		if (heldUp || this.heldUp) {
			resumed();
		}
		this.heldUp = heldUp;
	}

	/**
	 * This side reads from now on, and has not read before.
	 */
	void resumed() {
		this.readingSince = this.nanoTime.getAsLong();
	}

	/**
	 * A read is complete, and with TLS no record is begun.
	 * @param received how many bytes the connection has received
	 */
	void readComplete(long received) {
		if (!this.arrived) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		boolean little = this.taken - this.takenBeforeSpan <= this.little;
		boolean longEnough = now - this.spanBegun >= this.quietNanos;
		if (this.taken >= this.enough || (this.emptied && (hasReadOn(now) || (little && longEnough)))) {
			end(received);
		}
		else if (!little || longEnough) {
			this.spanBegun = now;
			this.takenBeforeSpan = this.taken;
		}
	}

	/**
	 * Nothing comes although the socket is read.
	 * @param received how many bytes the connection has received
	 */
	void silent(long received) {
		if (this.arrived && hasReadOn(this.nanoTime.getAsLong())) {
			end(received);
		}
	}

	private boolean hasReadOn(long now) {
		return !this.heldUp && now - this.readingSince >= this.quietNanos;
	}

	private void end(long received) {
		if (this.end == UNKNOWN) {
			this.end = received;
		}
	}

	/**
	 * The end of it.
	 * @return in bytes that the connection has received, or will have;
	 * {@code Long.MAX_VALUE} while that is not known
	 */
	long end() {
		return this.end;
	}

}
