package io.zinx.connection;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.link.Link;

/**
 * The end of a connection that is closed on this side: everything accepted is written,
 * then the output is shut down, then all that the peer still sends is dropped until it
 * ends, too. Every step is bounded in time. Event loop only.
 */
public final class Closing {

	/** How long a closed connection may go on sending what is dropped. */
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
	 * Begin.
	 * @param flush writes everything that was accepted
	 * @param timeoutMillis how long that may take, 0 for not at all
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
		closeWithin(timeoutMillis);
	}

	/**
	 * All is written. A socket that is closed with bytes unread makes the kernel reset
	 * the connection and throw away what the peer has not yet received; so say that this
	 * is the end, and read and drop what comes until the peer ends, too.
	 */
	private void linger() {
		Link link = Link.of(this.channel);
		if (!link.canHalfClose(this.channel)) {
			this.channel.close();
			return;
		}
		link.closeOutput(this.channel);
		this.readSide.linger();
		closeWithin(LINGER_MILLIS);
	}

	private void closeWithin(long millis) {
		if (this.channel.isOpen()) {
			Runnable giveUp = () -> ChannelInternals.closeNow(this.channel);
			Future<?> timer = this.channel.eventLoop().schedule(giveUp, millis, TimeUnit.MILLISECONDS);
			this.channel.closeFuture().addListener((closed) -> timer.cancel(false));
		}
	}

}
