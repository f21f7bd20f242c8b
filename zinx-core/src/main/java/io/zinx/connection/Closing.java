package io.zinx.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.link.Link;

/**
 * The close of a connection by this side: everything accepted is written, then the output
 * is shut down, then the bytes that the peer still sends are dropped until it ends, too.
 * Each step is bounded in time. Event loop only.
 */
public final class Closing {

	/** The time in which the bytes of a closed connection are read and dropped. */
	private static final long LINGER_MILLIS = 500;

	private final Channel channel;

	private final ReadSide readSide;

	/**
	 * Prepare to close a connection.
	 * @param channel its channel
	 * @param readSide its reading side
	 */
	public Closing(Channel channel, ReadSide readSide) {
		this.channel = channel;
		this.readSide = readSide;
	}

	/**
	 * Begin to close.
	 * @param flush writes everything that was accepted
	 * @param timeoutMillis the time limit of that, 0 to skip it
	 */
	public void begin(Runnable flush, long timeoutMillis) {
		this.readSide.stopReading();
		if (timeoutMillis == 0) {
			ChannelInternals.closeNow(this.channel);
			return;
		}
		flush.run();
		if (ChannelInternals.queuedBytes(this.channel) == 0) {
			linger();
			return;
		}
		this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> linger());
		ChannelInternals.closeWithin(this.channel, timeoutMillis);
	}

	/**
	 * Shut down the output after everything was written, then read and drop bytes until
	 * the peer ends, too. A socket that is closed with unread bytes makes the kernel
	 * reset the connection, and the peer loses bytes that it has not received yet.
	 */
	private void linger() {
		Link link = Link.of(this.channel);
		if (!link.canHalfClose(this.channel)) {
			this.channel.close();
			return;
		}
		link.closeOutput(this.channel);
		this.readSide.linger();
		ChannelInternals.closeWithin(this.channel, LINGER_MILLIS);
	}

}
