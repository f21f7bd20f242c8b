package io.zinx.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.UncheckedBooleanSupplier;
import io.zinx.eventloop.EventLoopTasks;

/**
 * A wrapper of read buffers that keeps a Unix domain socket open when its peer has shut
 * down its output. With NIO, Netty (seen with 4.2.18) does not know the option
 * {@code ALLOW_HALF_CLOSURE} for these and closes them, whatever is still to be answered,
 * unless the input is already shut down. So it is shut down as soon as the end is read,
 * and the later handlers are notified as with other sockets.
 */
final class NioHalfClose implements RecvByteBufAllocator {

	private final RecvByteBufAllocator delegate;

	private final NioDomainSocketChannel channel;

	private NioHalfClose(RecvByteBufAllocator delegate, NioDomainSocketChannel channel) {
		this.delegate = delegate;
		this.channel = channel;
	}

	/**
	 * Let a channel be half-closed. Before anything is read from it.
	 */
	static void allow(NioDomainSocketChannel channel) {
		channel.config().setRecvByteBufAllocator(of(channel, channel.config().getRecvByteBufAllocator()));
	}

	/**
	 * Return read buffers for a channel: the given ones, wrapped if it needs that.
	 */
	static RecvByteBufAllocator of(Channel channel, RecvByteBufAllocator buffers) {
		return (channel instanceof NioDomainSocketChannel nio) ? new NioHalfClose(buffers, nio) : buffers;
	}

	@Override
	public ExtendedHandle newHandle() {
		return new HalfClosingHandle((ExtendedHandle) this.delegate.newHandle(), this.channel);
	}

	/**
	 * The receive-buffer handle of one channel. Event loop only.
	 */
	private static final class HalfClosingHandle implements ExtendedHandle {

		private final ExtendedHandle delegate;

		private final NioDomainSocketChannel channel;

		HalfClosingHandle(ExtendedHandle delegate, NioDomainSocketChannel channel) {
			this.delegate = delegate;
			this.channel = channel;
		}

		@Override
		public void lastBytesRead(int bytes) {
			this.delegate.lastBytesRead(bytes);
			if (bytes < 0 && !this.channel.isInputShutdown()) {
				this.channel.shutdownInput();
				// Behind the messages of this read.
				EventLoopTasks.execute(this.channel.eventLoop(),
						() -> this.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
			}
		}

		@Override
		public int lastBytesRead() {
			return this.delegate.lastBytesRead();
		}

		@Override
		public ByteBuf allocate(ByteBufAllocator allocator) {
			return this.delegate.allocate(allocator);
		}

		@Override
		public int guess() {
			return this.delegate.guess();
		}

		@Override
		public void reset(ChannelConfig config) {
			this.delegate.reset(config);
		}

		@Override
		public void incMessagesRead(int messages) {
			this.delegate.incMessagesRead(messages);
		}

		@Override
		public void attemptedBytesRead(int bytes) {
			this.delegate.attemptedBytesRead(bytes);
		}

		@Override
		public int attemptedBytesRead() {
			return this.delegate.attemptedBytesRead();
		}

		@Override
		public boolean continueReading() {
			return this.delegate.continueReading();
		}

		@Override
		public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
			return this.delegate.continueReading(maybeMore);
		}

		@Override
		public void readComplete() {
			this.delegate.readComplete();
		}

	}

}
