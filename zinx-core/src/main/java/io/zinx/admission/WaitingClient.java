package io.zinx.admission;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.zinx.connection.ChannelConnection;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.link.HeldReads;
import io.zinx.link.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that waits for a slot. Its socket is read once, to notice when it disconnects.
 * Event loop only, but for {@link #call} and {@link #sendAway}.
 */
final class WaitingClient extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(WaitingClient.class);

	private final SlotQueue queue;

	private final Channel channel;

	private final Consumer<ChannelConnection> assembly;

	private final HeldReads held = new HeldReads();

	WaitingClient(SlotQueue queue, Channel channel, Consumer<ChannelConnection> assembly) {
		this.queue = queue;
		this.channel = channel;
		this.assembly = assembly;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.channel.config().setAutoRead(true);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		this.held.add(msg);
		this.channel.config().setAutoRead(false);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		this.held.event(ctx, event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.channel.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.held.discard();
	}

	/**
	 * A slot was taken for this client. Any thread.
	 * @return whether the slot is used, or given back by the event loop
	 */
	boolean call() {
		try {
			this.channel.eventLoop().execute(this::enter);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void enter() {
		if (!this.channel.isOpen() || this.queue.isStopped()) {
			this.queue.giveBack();
			reject();
			return;
		}
		this.channel.config().setAutoRead(false);
		ChannelHandlerContext here = this.channel.pipeline().context(this);
		try {
			this.queue.admit(this.channel, this.assembly);
		}
		catch (Throwable ex) {
			logger.error("Client {} waited for a slot, but could not be admitted and is closed",
					Link.of(this.channel).remoteAddress(this.channel), ex);
			this.channel.close();
		}
		this.held.passOn(here);
	}

	/**
	 * Close the connection of this client, which will get no slot. Any thread.
	 */
	void sendAway() {
		EventLoopTasks.execute(this.channel.eventLoop(), this::reject);
	}

	private void reject() {
		if (this.channel.isOpen()) {
			this.queue.rejected(this.channel);
			this.channel.close();
		}
	}

}
