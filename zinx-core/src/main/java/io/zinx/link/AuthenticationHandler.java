package io.zinx.link;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The handler of a client without WebSocket that asks the application whether it may
 * connect, and holds what is read meanwhile. Event loop only.
 */
final class AuthenticationHandler extends ChannelInboundHandlerAdapter {

	static final String NAME = "zinx-authentication";

	private final ClientLink link;

	private final Admission admission;

	private final ClientAuthentication question;

	private final HeldReads held = new HeldReads();

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
		this.question.ask(null, null, () -> enter(ctx), (refused) -> this.link.owner().linkFailed());
	}

	private void enter(ChannelHandlerContext ctx) {
		if (this.admission.admit(ctx.channel())) {
			this.held.passOn(ctx);
		}
		else {
			this.held.discard();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.held.add(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		this.held.event(ctx, event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.question.withdraw();
		this.held.discard();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.close();
	}

}
