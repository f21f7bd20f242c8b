package io.zinx.link;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.zinx.eventloop.ChannelInternals;
import org.jspecify.annotations.Nullable;

/**
 * The handler that hides WebSocket frames from the later handlers: what they carry is
 * passed on as a stream of bytes, pings are answered, and a close frame is the end of the
 * input. Before the channel is closed, a close frame says why. Event loop only.
 * <p>
 * Messages of the server are in frames already (see the envelopes of the outbound stage)
 * and pass this handler unchanged.
 */
final class WebSocketHandler extends ChannelDuplexHandler {

	static final String NAME = "zinx-websocket";

	/** The time that a last frame has to be written. */
	private static final long CLOSE_MILLIS = 500;

	private final Supplier<LinkListener> owner;

	private final Supplier<WebSocketClose> close;

	private final Runnable readComplete;

	private final WebSocketDecoder decoder;

	private final long pingNanos;

	private @Nullable ChannelHandlerContext ctx;

	private boolean inputEnded;

	private @Nullable ChannelFuture said;

	/** The ping to be answered when the client reads again. */
	private @Nullable ByteBuf unanswered;

	private @Nullable Future<?> pings;

	/**
	 * Create a handler.
	 * @param owner the client or its connection
	 * @param close makes the last frame, which says why the channel is closed
	 * @param readComplete run after each read
	 * @param decoder the decoder in front of this handler
	 * @param pingNanos the time between pings, 0 for none
	 */
	WebSocketHandler(Supplier<LinkListener> owner, Supplier<WebSocketClose> close, Runnable readComplete,
			WebSocketDecoder decoder, long pingNanos) {
		this.readComplete = readComplete;
		this.owner = owner;
		this.close = close;
		this.decoder = decoder;
		this.pingNanos = pingNanos;
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	/**
	 * Record whether a trace must see what is written.
	 */
	void traced(boolean traced) {
		this.decoder.writesAreSeen(traced);
	}

	/**
	 * True if a part of a frame was read, and its rest is awaited.
	 */
	boolean isMidFrame() {
		return !this.inputEnded && this.decoder.isMidFrame();
	}

	/**
	 * The number of bytes that are held because the rest of a frame is awaited.
	 */
	int held() {
		return this.decoder.held();
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		this.readComplete.run();
		ctx.fireChannelReadComplete();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ctx = ctx;
		this.decoder.writesAreSeen(false);
		if (this.pingNanos > 0) {
			this.pings = ctx.executor()
				.scheduleWithFixedDelay(() -> ping(ctx), this.pingNanos, this.pingNanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.pings != null) {
			this.pings.cancel(false);
		}
		answered();
	}

	private void ping(ChannelHandlerContext ctx) {
		if (this.said == null && ctx.channel().isWritable()) {
			ctx.writeAndFlush(new PingWebSocketFrame());
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof WebSocketFrame frame) {
			read(ctx, frame);
		}
		else {
			ctx.fireChannelRead(message);
		}
	}

	private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
		if (this.inputEnded) {
			frame.release();
		}
		else if (frame instanceof CloseWebSocketFrame) {
			frame.release();
			this.inputEnded = true;
			ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		}
		else if (frame instanceof PingWebSocketFrame) {
			this.owner.get().signOfLife();
			answer(ctx, frame.content());
		}
		else if (frame instanceof PongWebSocketFrame) {
			frame.release();
			this.owner.get().signOfLife();
		}
		else if (frame.content().isReadable()) {
			ctx.fireChannelRead(frame.content());
		}
		else {
			frame.release();
		}
	}

	/**
	 * Answer a ping. To a client that does not read, only the last one is answered, when
	 * it reads again (RFC 6455, section 5.5.3), so that pings take no memory.
	 */
	private void answer(ChannelHandlerContext ctx, ByteBuf ping) {
		if (this.said != null) {
			ping.release();
		}
		else if (ctx.channel().isWritable()) {
			ctx.writeAndFlush(new PongWebSocketFrame(ping));
		}
		else {
			answered();
			this.unanswered = ping;
		}
	}

	private void answered() {
		if (this.unanswered != null) {
			this.unanswered.release();
			this.unanswered = null;
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		ByteBuf ping = this.unanswered;
		if (ping != null && ctx.channel().isWritable()) {
			this.unanswered = null;
			answer(ctx, ping);
		}
		ctx.fireChannelWritabilityChanged();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent) {
			this.inputEnded = true;
		}
		ctx.fireUserEventTriggered(event);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof CorruptedWebSocketFrameException violation)) {
			ctx.fireExceptionCaught(cause);
		}
		else if (!this.inputEnded) {
			this.inputEnded = true;
			boolean tooLong = violation.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
			ctx.fireUserEventTriggered(new WebSocketViolation(tooLong, String.valueOf(violation.getMessage())));
		}
	}

	/**
	 * Say why the channel is closed, once, after everything that was written. Nothing may
	 * be sent after that.
	 * @return completes when it is written
	 */
	ChannelFuture sayClose() {
		ChannelHandlerContext ctx = this.ctx;
		if (ctx == null) {
			throw new IllegalStateException("The handler is in no pipeline");
		}
		ChannelFuture said = this.said;
		if (said == null) {
			WebSocketClose why = this.close.get();
			said = ctx.writeAndFlush(new CloseWebSocketFrame(why.code(), why.text()));
			this.said = said;
		}
		return said;
	}

	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		if (!ctx.channel().isActive()) {
			ctx.close(promise);
			return;
		}
		ChannelFuture said = sayClose();
		if (!said.isDone()) {
			ChannelInternals.closeWithin(ctx.channel(), CLOSE_MILLIS);
		}
		said.addListener((written) -> ctx.close(promise));
	}

}
