package io.zinx.cluster.redis;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Lets messages that come one by one, and many in a second, be read together: behind a
 * read that follows another one soon, the next one waits a millisecond. To wake a thread
 * for each message costs more than all the rest. Reads are not paced while commands are
 * written, since these wait for their answers. One channel; its event loop only.
 */
final class ReadPacing extends ChannelDuplexHandler {

	/** The time between two reads below which they are paced. */
	static final long SOON = TimeUnit.MILLISECONDS.toNanos(2);

	static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	/** The time behind a write in which its answer is waited for. */
	static final long ANSWER = TimeUnit.MILLISECONDS.toNanos(20);

	private final LongSupplier nanoTime;

	private long lastRead;

	private long lastWrite;

	private @Nullable Future<?> pause;

	ReadPacing(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.lastRead = nanoTime.getAsLong() - SOON;
		this.lastWrite = nanoTime.getAsLong() - ANSWER;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.fireChannelReadComplete();
		long now = this.nanoTime.getAsLong();
		boolean soon = now - this.lastRead < SOON;
		this.lastRead = now;
		if (soon && now - this.lastWrite >= ANSWER && this.pause == null && context.channel().isActive()) {
			context.channel().config().setAutoRead(false);
			this.pause = context.executor().schedule(() -> resume(context), PAUSE, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		this.lastWrite = this.nanoTime.getAsLong();
		resume(context);
		context.write(message, promise);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		resume(context);
	}

	private void resume(ChannelHandlerContext context) {
		Future<?> running = this.pause;
		if (running != null) {
			this.pause = null;
			running.cancel(false);
			context.channel().config().setAutoRead(true);
		}
	}

}
