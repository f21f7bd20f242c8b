package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how far what was sent before a drain reaches in all that a connection
 * receives, from the reads of its socket. Event loop only.
 */
final class SentBefore {

	/**
	 * More than the longest record of TLS, and than the kernel takes beyond its bound.
	 */
	private static final long SLACK = 64 * 1024;

	private static final long UNKNOWN = Long.MAX_VALUE;

	private long reads;

	/** The bytes that were read from the socket; with TLS, before they are decrypted. */
	private long taken;

	/** The number of bytes after which all is read that the kernel held. */
	private long enough = UNKNOWN;

	/** How far it reaches, in bytes of the connection. */
	private long end = UNKNOWN;

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
	}

	/**
	 * All of it is in the kernel, or was read.
	 * @param config tells how much the kernel may hold
	 */
	void arrived(ChannelConfig config) {
		Integer most = mostInKernel(config);
		this.enough = (most != null) ? this.taken + most + SLACK : UNKNOWN;
	}

	private static @Nullable Integer mostInKernel(ChannelConfig config) {
		try {
			return config.getOption(ChannelOption.SO_RCVBUF);
		}
		catch (ChannelException ex) {
			return null;
		}
	}

	/**
	 * What was ready has been read, since all of it {@link #arrived}. That a read empties
	 * the socket proves nothing: more of it may wait at the peer, whose kernel sends it
	 * only now that there is room.
	 * @param received how many bytes the connection has received
	 */
	void readComplete(long received) {
		if (this.taken >= this.enough) {
			silent(received);
		}
	}

	/**
	 * All of it has been read, because nothing comes although the socket is read.
	 * @param received how many bytes the connection has received
	 */
	void silent(long received) {
		if (this.end == UNKNOWN) {
			this.end = received;
		}
	}

	/**
	 * How far it reaches.
	 * @return in bytes that the connection has received, or will have;
	 * {@code Long.MAX_VALUE} while that is not known
	 */
	long end() {
		return this.end;
	}

}
