package io.zinx.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.zinx.eventloop.ChannelInternals;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.metrics.HandshakeResult;

/**
 * A client whose handshake is under way. Event loop only, except where another thread is
 * named.
 */
public final class PendingHandshake implements LinkListener, ChannelFutureListener {

	private final PendingHandshakes all;

	private final Channel channel;

	private volatile HandshakeResult resultOfClose = HandshakeResult.ABORTED;

	private volatile boolean closed;

	PendingHandshake(PendingHandshakes all, Channel channel) {
		this.all = all;
		this.channel = channel;
		// The channel keeps its address only if it was read once before its end.
		channel.remoteAddress();
	}

	/**
	 * The handshake has succeeded.
	 */
	void succeeded() {
		this.all.remove(this);
	}

	/**
	 * Close the client, whatever its handshake is at. Any thread.
	 * @param result the result to be counted
	 */
	void close(HandshakeResult result) {
		this.resultOfClose = result;
		this.closed = true;
		EventLoopTasks.execute(this.channel.eventLoop(), () -> ChannelInternals.closeNow(this.channel));
	}

	@Override
	public void operationComplete(ChannelFuture future) {
		this.all.remove(this);
	}

	@Override
	public boolean isOpen() {
		return !this.closed && this.channel.isOpen();
	}

	@Override
	public void linkFailed() {
		this.channel.close();
	}

	@Override
	public HandshakeResult resultOfClose() {
		return this.resultOfClose;
	}

	@Override
	public String toString() {
		return "client " + Link.of(this.channel).remoteAddress(this.channel);
	}

}
