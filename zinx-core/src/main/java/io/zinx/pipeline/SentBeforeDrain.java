package io.zinx.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * The end of the bytes that a peer sent before a drain began, determined from the reads
 * of the socket. Event loop only.
 *
 * <p>
 * An empty socket alone proves nothing: if the receive buffer of this kernel was full,
 * the send buffer of the peer was full as well, and its bytes arrive only now that there
 * is space. It is a proof when there has been space for as long as bytes may be in
 * transit: since a read that emptied the socket, if each later read returned little.
 */
final class SentBeforeDrain {

	/**
	 * The most bytes that the kernel of a peer holds by default while this side does not
	 * read (4 MiB with Linux), with the longest TLS record and the bytes that a kernel
	 * accepts beyond its bound.
	 */
	private static final long AT_PEER = (4 * 1024 + 64) * 1024;

	/**
	 * The divisor of a kernel's buffer size that gives a small amount. About half of that
	 * buffer is used for the kernel's own data about packets, more with short packets.
	 */
	private static final int LITTLE = 8;

	private static final long UNKNOWN = Long.MAX_VALUE;

	private final LongSupplier nanoTime;

	/** The time that bytes may be in transit. */
	private final long quietNanos;

	private final ChannelConfig config;

	private long reads;

	/** The number of bytes read from the socket; with TLS, before decryption. */
	private long taken;

	/** The number of bytes read before this read. */
	private long takenBefore;

	/**
	 * True if the last read returned fewer bytes than possible, so that the socket is
	 * empty.
	 */
	private boolean emptied;

	/** The time since which the kernel has space; may be {@link #UNKNOWN}. */
	private long roomSince;

	/** The number of bytes after which everything that both kernels held is read. */
	private long enough = UNKNOWN;

	private boolean arrived;

	/** The end, in bytes of the connection. */
	private long end = UNKNOWN;

	/**
	 * Begin at the start of a drain: bytes that arrive may have been sent before.
	 * @param nanoTime the time
	 * @param quietPeriod the time that bytes may be in transit
	 * @param config the buffer size of the kernel, and whether the socket is read
	 */
	SentBeforeDrain(LongSupplier nanoTime, Duration quietPeriod, ChannelConfig config) {
		this.nanoTime = nanoTime;
		this.quietNanos = quietPeriod.toNanos();
		this.config = config;
		boolean room = config.isAutoRead() || mostInKernel() == UNKNOWN;
		this.roomSince = room ? nanoTime.getAsLong() : UNKNOWN;
	}

	/**
	 * The number of reads.
	 */
	long reads() {
		return this.reads;
	}

	/**
	 * Bytes were read from the socket.
	 */
	void read(ByteBuf buffer) {
		this.reads++;
		this.taken += buffer.readableBytes();
		this.emptied = buffer.isWritable();
	}

	/**
	 * The quiet period is over: everything sent before was read, or is in this kernel or
	 * that of the peer.
	 */
	void arrived() {
		this.arrived = true;
		long most = mostInKernel();
		this.enough = (most != UNKNOWN) ? this.taken + most + AT_PEER : UNKNOWN;
	}

	/**
	 * The most bytes that the kernel may hold. {@link #UNKNOWN} for a channel without a
	 * kernel, which holds everything that was sent.
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
	 * @param received the number of bytes that the connection has received
	 * @param whole whether these are all bytes that were read: with TLS, there is no
	 * incomplete record
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
	 * Nothing arrives although the socket is read.
	 * @param received the number of bytes that the connection has received
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
	 * The end of the bytes sent before the drain.
	 * @return as a number of received bytes; {@code Long.MAX_VALUE} while it is unknown
	 */
	long end() {
		return this.end;
	}

}
