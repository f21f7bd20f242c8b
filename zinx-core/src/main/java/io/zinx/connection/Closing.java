package io.zinx.connection;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;

/**
 * The end of a connection that is closed on this side: what was accepted is written, then
 * the output is shut down, then what the peer still sends is dropped until it ends, too.
 * Every step is bounded in time. Event loop only.
 */
final class Closing {

	/** How long a closed connection may go on sending what is dropped. */
	private static final long LINGER_MILLIS = 500;

	private final Channel channel;

	private final Flow flow;

	Closing(Channel channel, Flow flow) {
		this.channel = channel;
		this.flow = flow;
	}

	/**
	 * Begin.
	 * @param flush writes what was accepted
	 * @param timeoutMillis how long that may take, 0 for not at all
	 */
	void begin(Runnable flush, long timeoutMillis) {
		this.flow.stopReading();
		if (timeoutMillis == 0) {
			cut(this.channel);
			return;
		}
		flush.run();
		if (isAllWritten()) {
			linger();
			return;
		}
		this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> linger());
		closeWithin(timeoutMillis);
	}

	private boolean isAllWritten() {
		ChannelOutboundBuffer waiting = this.channel.unsafe().outboundBuffer();
		return waiting == null || waiting.totalPendingWriteBytes() == 0;
	}

	/**
	 * All is written. A socket that is closed with bytes unread makes the kernel reset
	 * the connection and throw away what the peer has not yet received; so say that this
	 * is the end, and read and drop what comes until the peer ends, too.
	 */
	private void linger() {
		if (!(this.channel instanceof DuplexChannel duplex) || duplex.isInputShutdown()) {
			this.channel.close();
			return;
		}
		TlsLink tls = TlsLink.of(this.channel);
		if (tls == null) {
			duplex.shutdownOutput();
		}
		else {
			tls.closeOutput().addListener((said) -> duplex.shutdownOutput());
		}
		this.flow.drain();
		closeWithin(LINGER_MILLIS);
	}

	/**
	 * Close a socket at once. In its pipeline TLS would first wait until it can say that
	 * this is the end.
	 */
	static void cut(Channel channel) {
		channel.unsafe().close(channel.voidPromise());
	}

	private void closeWithin(long millis) {
		if (this.channel.isOpen()) {
			Runnable giveUp = () -> cut(this.channel);
			Future<?> timer = this.channel.eventLoop().schedule(giveUp, millis, TimeUnit.MILLISECONDS);
			this.channel.closeFuture().addListener((closed) -> timer.cancel(false));
		}
	}

}
