package io.zinx.bench.jmh;

import java.util.concurrent.CountDownLatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends the next read when the one before is answered. Event loop only,
 * except for the methods that are called from outside.
 */
final class PingPong extends ChannelInboundHandlerAdapter {

	private final Runnable next = this::next;

	private volatile @Nullable Channel channel;

	private ByteBuf read = Unpooled.EMPTY_BUFFER;

	private int left;

	private int missing;

	private CountDownLatch done = new CountDownLatch(0);

	@Override
	public boolean isSharable() {
		return false;
	}

	void connected(Channel channel, ByteBuf read) {
		this.read = read;
		this.channel = channel;
	}

	CountDownLatch send(int reads) {
		Channel channel = this.channel;
		if (channel == null) {
			throw new IllegalStateException("Not connected");
		}
		CountDownLatch done = new CountDownLatch(1);
		channel.eventLoop().execute(() -> {
			this.done = done;
			this.left = reads;
			next();
		});
		return done;
	}

	private void next() {
		Channel channel = this.channel;
		if (channel == null || this.left-- == 0) {
			this.done.countDown();
			return;
		}
		this.missing = this.read.readableBytes();
		channel.writeAndFlush(this.read.duplicate(), channel.voidPromise());
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		ByteBuf replies = (ByteBuf) msg;
		this.missing -= replies.readableBytes();
		replies.release();
		if (this.missing == 0) {
			// As a task, because this may be called from inside the server's flush.
			ctx.executor().execute(this.next);
		}
	}

}
