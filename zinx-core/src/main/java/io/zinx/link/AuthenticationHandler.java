package io.zinx.link;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * The handler of a client without WebSocket that asks the application whether it may
 * connect, and holds what was read meanwhile. Event loop only.
 */
final class AuthenticationHandler extends ChannelInboundHandlerAdapter {

	static final String NAME = "zinx-authentication";

	private final ClientLink link;

	private final Admission admission;

	private final ClientAuthentication question;

	private final Queue<Object> read = new ArrayDeque<>(1);

	private boolean inputEnded;

	AuthenticationHandler(ClientLink link, Admission admission, ClientAuthentication question) {
		this.link = link;
		this.admission = admission;
		this.question = question;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		this.question.ask(null, () -> enter(ctx), (refused) -> this.link.owner().linkFailed());
	}

	private void enter(ChannelHandlerContext ctx) {
		boolean admitted = this.admission.admit(ctx.channel());
		ctx.pipeline().remove(this);
		if (!admitted) {
			discard();
			return;
		}
		ctx.fireChannelActive();
		boolean some = !this.read.isEmpty();
		for (Object next = this.read.poll(); next != null; next = this.read.poll()) {
			ctx.fireChannelRead(next);
		}
		if (some) {
			ctx.fireChannelReadComplete();
		}
		if (this.inputEnded) {
			ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
	}

	private void discard() {
		this.read.forEach(ReferenceCountUtil::release);
		this.read.clear();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.read.add(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		// Nothing more is read before the decision.
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			this.inputEnded = true;
			if (this.read.isEmpty()) {
				ctx.close();
			}
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.question.withdraw();
		discard();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

}
