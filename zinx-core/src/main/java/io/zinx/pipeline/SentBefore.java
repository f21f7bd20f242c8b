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
 * That nothing more is there proves nothing by itself: when the kernel was full here, it
 * was full at the peer as well, whose rest comes only now that there is room. It proves
 * it when there has been room for as long as something may be on its way: since a read
 * took all there was, if all there was at each read behind it was little.
 */
final class SentBefore {

	/**
	 * As much as the kernel of a peer holds by default (4 MiB with Linux) while this side
	 * does not read, the longest record of TLS, and what a kernel takes beyond its bound.
	 */
	private static final long AT_PEER = (4 * 1024 + 64) * 1024;

	/**
	 * The part of a kernel's memory that is little. Half of that memory is not for what
	 * was sent but for what the kernel has to say of each packet, and of short packets
	 * there is more to say.
	 */
	private static final int LITTLE = 8;

	private static final long UNKNOWN = Long.MAX_VALUE;

	private final LongSupplier nanoTime;

	/** The time that something may be on its way. */
	private final long quietNanos;

	private final ChannelConfig config;

	private long reads;

	/** The bytes that were read from the socket; with TLS, before they are decrypted. */
	private long taken;

	/** The bytes of them that were taken before this read. */
	private long takenBefore;

	/** Whether the last read took less than there was room for: all that was there. */
	private boolean emptied;

	/** The time since which there is room in the kernel; may be {@link #UNKNOWN}. */
	private long roomSince;

	/** The number of bytes after which all is read that both kernels held. */
	private long enough = UNKNOWN;

	private boolean arrived;

	/** The end of it, in bytes of the connection. */
	private long end = UNKNOWN;

	/**
	 * From now on what comes was sent before, or may have been.
	 * @param nanoTime the time
	 * @param quietPeriod how long something may be on its way
	 * @param config tells how much the kernel holds, and whether the socket is read
	 */
	SentBefore(LongSupplier nanoTime, Duration quietPeriod, ChannelConfig config) {
		this.nanoTime = nanoTime;
		this.quietNanos = quietPeriod.toNanos();
		this.config = config;
		boolean room = config.isAutoRead() || mostInKernel() == UNKNOWN;
		this.roomSince = room ? nanoTime.getAsLong() : UNKNOWN;
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
	 */
	void arrived() {
		this.arrived = true;
		long most = mostInKernel();
		this.enough = (most != UNKNOWN) ? this.taken + most + AT_PEER : UNKNOWN;
	}

	/**
	 * The bytes that the kernel may hold. {@link #UNKNOWN} of a channel without a kernel,
	 * which holds all that was sent.
	 */
	private long mostInKernel() {
		try {
			@Nullable Integer most = this.config.getOption(ChannelOption.SO_RCVBUF);
			return (most != null) ? most : UNKNOWN;
		}
		catch (ChannelException ex) {
			return 0;
		}
	}

	/**
	 * A read is complete.
	 * @param received how many bytes the connection has received
	 * @param whole whether that is all that was read: with TLS, no record is begun
	 */
	void readComplete(long received, boolean whole) {
		noteRoom(this.taken - this.takenBefore);
		this.takenBefore = this.taken;
		if (this.taken >= this.enough) {
			end(received);
		}
		else if (this.emptied && whole) {
			silent(received);
		}
	}

	private void noteRoom(long justTaken) {
		long most = mostInKernel();
		if (!this.emptied && most != UNKNOWN) {
			this.roomSince = UNKNOWN;
		}
		else if (this.roomSince == UNKNOWN || justTaken > most / LITTLE) {
			this.roomSince = this.nanoTime.getAsLong();
		}
	}

	/**
	 * Nothing comes although the socket is read.
	 * @param received how many bytes the connection has received
	 */
	void silent(long received) {
		long now = this.nanoTime.getAsLong();
		if (this.roomSince == UNKNOWN) {
			this.roomSince = now;
		}
		if (this.arrived && now - this.roomSince >= this.quietNanos) {
			end(received);
		}
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
