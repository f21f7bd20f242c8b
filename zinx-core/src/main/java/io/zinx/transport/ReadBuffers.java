package io.zinx.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * The memory that sockets are read into: a few large blocks for each event loop, used
 * again as soon as nobody holds anything of them. So one read takes all that has come,
 * into memory that is still in the processor's cache, and an idle connection holds none.
 * <p>
 * While somebody holds what was read into a block, the next reads go behind it. If all
 * blocks are held, reads go into small buffers of their own: so what is held for long
 * takes no more memory than the blocks and what was read.
 */
final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

	private static final int BLOCK = 64 * 1024;

	/** How many each event loop has, once that many were held at the same time. */
	private static final int BLOCKS = 16;

	/** A block with less room than this is full. */
	private static final int LEAST_ROOM = 16 * 1024;

	private static final int SMALL_BUFFER = 8 * 1024;

	private final FastThreadLocal<Blocks> blocks = new FastThreadLocal<>() {
		@Override
		protected Blocks initialValue() {
			return new Blocks();
		}

		@Override
		protected void onRemoval(Blocks ended) {
			ended.release();
		}
	};

	@Override
	public ExtendedHandle newHandle() {
		return new ReadHandle(this.blocks.get());
	}

	/**
	 * Reads one channel. Made and used by its event loop.
	 */
	private final class ReadHandle extends MaxMessageHandle {

		private final Blocks blocks;

		ReadHandle(Blocks blocks) {
			this.blocks = blocks;
		}

		@Override
		public ByteBuf allocate(ByteBufAllocator allocator) {
			return this.blocks.room(allocator);
		}

		@Override
		public void lastBytesRead(int bytes) {
			super.lastBytesRead(bytes);
			this.blocks.used(bytes);
		}

		@Override
		public int guess() {
			return BLOCK;
		}

	}

	/**
	 * The blocks of one event loop, which alone hands out room in them; anybody gives it
	 * back.
	 */
	private static final class Blocks {

		private final @Nullable ByteBuf[] blocks = new ByteBuf[BLOCKS];

		private int current;

		/** How much of the current block was read into since it was free. */
		private int used;

		/**
		 * Room to read into.
		 */
		ByteBuf room(ByteBufAllocator allocator) {
			for (int tried = 0; tried < BLOCKS; tried++) {
				ByteBuf block = current(allocator);
				if (block.refCnt() == 1) {
					this.used = 0;
					return block.retain().clear();
				}
				if (BLOCK - this.used >= LEAST_ROOM) {
					return block.retainedSlice(this.used, BLOCK - this.used).clear();
				}
				this.current = (this.current + 1) % BLOCKS;
				this.used = BLOCK;
			}
			return allocator.directBuffer(SMALL_BUFFER, SMALL_BUFFER);
		}

		private ByteBuf current(ByteBufAllocator allocator) {
			ByteBuf block = this.blocks[this.current];
			if (block == null) {
				block = allocator.directBuffer(BLOCK, BLOCK);
				this.blocks[this.current] = block;
			}
			return block;
		}

		/**
		 * So many bytes were read into the room that was handed out last.
		 */
		void used(int bytes) {
			this.used = Math.min(BLOCK, this.used + Math.max(0, bytes));
		}

		void release() {
			for (ByteBuf block : this.blocks) {
				if (block != null) {
					block.release();
				}
			}
		}

	}

}
