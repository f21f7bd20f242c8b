package io.zinx.link;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.zinx.outbound.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * The handler that makes frames of messages that are in their envelopes already, so that
 * the handlers before it can compress them. Only with compression. Event loop only.
 */
final class WebSocketMessages extends ChannelOutboundHandlerAdapter {

	/** The begin of a message whose rest is written next. */
	private @Nullable ByteBuf begun;

	/** The writes that have brought it. */
	private final Queue<ChannelPromise> unfinished = new ArrayDeque<>(0);

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (!(message instanceof ByteBuf written)) {
			ctx.write(message, promise);
			return;
		}
		ByteBuf before = this.begun;
		ByteBuf bytes = (before != null)
				? ByteToMessageDecoder.COMPOSITE_CUMULATOR.cumulate(ctx.alloc(), before, written) : written;
		this.begun = null;
		this.unfinished.add(promise.unvoid());
		ChannelFuture last = null;
		for (WebSocketFrame frame = next(bytes); frame != null; frame = next(bytes)) {
			last = ctx.write(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
		}
		if (bytes.isReadable()) {
			this.begun = bytes;
			return;
		}
		bytes.release();
		finish((last != null) ? last : ctx.newSucceededFuture());
	}

	private void finish(ChannelFuture last) {
		for (ChannelPromise each = this.unfinished.poll(); each != null; each = this.unfinished.poll()) {
			ChannelPromise promise = each;
			last.addListener((future) -> {
				if (future.isSuccess()) {
					promise.trySuccess();
				}
				else {
					promise.tryFailure(future.cause());
				}
			});
		}
	}

	/**
	 * Take the first message.
	 * @return {@code null} if it is not complete
	 */
	private static @Nullable WebSocketFrame next(ByteBuf bytes) {
		int start = bytes.readerIndex();
		long length = Envelope.isWholeHead(bytes) ? Envelope.readHead(bytes) : Long.MAX_VALUE;
		if (length > bytes.readableBytes()) {
			bytes.readerIndex(start);
			return null;
		}
		ByteBuf content = bytes.readRetainedSlice((int) length);
		return Envelope.isText(bytes.getByte(start)) ? new TextWebSocketFrame(content)
				: new BinaryWebSocketFrame(content);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.begun != null) {
			this.begun.release();
			this.begun = null;
		}
		finish(ctx.newFailedFuture(new ClosedChannelException()));
	}

}
