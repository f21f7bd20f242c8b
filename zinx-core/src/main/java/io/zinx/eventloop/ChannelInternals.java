package io.zinx.eventloop;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundBuffer.MessageProcessor;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;

/**
 * The one place that reaches past the public side of Netty's channels: their queue of
 * writes, and a close that no handler can delay. A channel that is closed has no queue;
 * nothing waits in it then. Event loop only, except where another thread is named.
 */
public final class ChannelInternals {

	private ChannelInternals() {
	}

	/**
	 * The bytes in the queue, as Netty counts them: a buffer counts until its last byte
	 * has left, and so does Netty's record of it. Any thread.
	 * @param channel the channel
	 * @return bytes, 0 or more
	 */
	public static long queuedBytes(Channel channel) {
		ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
		return (queue != null) ? queue.totalPendingWriteBytes() : 0;
	}

	/**
	 * True if the channel has a queue, that is, is open.
	 * @param channel the channel
	 * @return whether it does
	 */
	public static boolean isOpen(Channel channel) {
		return channel.unsafe().outboundBuffer() != null;
	}

	/**
	 * True if the channel has a queue, that is, is open, and nothing waits in it.
	 * @param channel the channel
	 * @return whether something written now would be the first
	 */
	public static boolean isOpenAndIdle(Channel channel) {
		ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
		return queue != null && queue.totalPendingWriteBytes() == 0;
	}

	/**
	 * True if flushed buffers wait in the queue, so that something will happen to it.
	 * @param channel the channel
	 * @return whether at least one waits
	 */
	public static boolean hasFlushed(Channel channel) {
		ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
		return queue != null && !queue.isEmpty();
	}

	/**
	 * The bytes that the channel was given and its socket has not taken.
	 * @param channel the channel
	 * @return bytes, 0 or more
	 */
	public static long unwrittenBytes(Channel channel) {
		ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
		if (queue == null) {
			return 0;
		}
		ReadableSum sum = new ReadableSum();
		try {
			queue.forEachFlushedMessage(sum);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Cannot count the bytes in Netty's outbound buffer", ex);
		}
		return sum.bytes;
	}

	/**
	 * Close the socket at once. In its pipeline TLS would first wait until it can say
	 * that this is the end.
	 * @param channel the channel
	 */
	public static void closeNow(Channel channel) {
		channel.unsafe().close(channel.voidPromise());
	}

	/**
	 * Close the socket as {@link #closeNow} does, unless it is closed before.
	 * @param channel the channel
	 * @param millis the time until then
	 */
	public static void closeWithin(Channel channel, long millis) {
		if (channel.isOpen()) {
			Runnable giveUp = () -> closeNow(channel);
			Future<?> timer = channel.eventLoop().schedule(giveUp, millis, TimeUnit.MILLISECONDS);
			channel.closeFuture().addListener((closed) -> timer.cancel(false));
		}
	}

	/**
	 * Make a channel one of an event loop. Any thread.
	 * @param channel the channel
	 * @param loop the event loop
	 * @param promise is done when it is
	 */
	static void register(Channel channel, EventLoop loop, ChannelPromise promise) {
		channel.unsafe().register(loop, promise);
	}

	private static final class ReadableSum implements MessageProcessor {

		private long bytes;

		@Override
		public boolean processMessage(Object message) {
			if (message instanceof ByteBuf buffer) {
				this.bytes += buffer.readableBytes();
			}
			return true;
		}

	}

}
