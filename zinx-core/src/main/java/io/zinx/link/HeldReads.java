package io.zinx.link;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * The bytes that a client has sent before it has a connection, which are held until it
 * has one. Event loop only.
 */
public final class HeldReads {

	private final Queue<Object> read = new ArrayDeque<>(1);

	private boolean inputEnded;

	/**
	 * Hold what was read.
	 * @param message the bytes; ownership is passed
	 */
	public void add(Object message) {
		this.read.add(message);
	}

	/**
	 * Hold an event, if it is the end of the input. A client that ends without having
	 * sent anything is closed.
	 * @param ctx the context of the handler that holds
	 * @param event the event
	 */
	public void event(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			this.inputEnded = true;
			if (this.read.isEmpty()) {
				ctx.channel().close();
			}
		}
	}

	/**
	 * Remove the handler that holds, and pass on to those behind it that the channel is
	 * active, and all that was held.
	 * @param ctx its context
	 */
	public void passOn(ChannelHandlerContext ctx) {
		ctx.pipeline().remove(ctx.handler());
		ctx.fireChannelActive();
		for (Object next = this.read.poll(); next != null; next = this.read.poll()) {
			ctx.fireChannelRead(next);
		}
		ctx.fireChannelReadComplete();
		if (this.inputEnded) {
			ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	/**
	 * Release what is held.
	 */
	public void discard() {
		this.read.forEach(ReferenceCountUtil::release);
		this.read.clear();
	}

}
