package io.zinx.transport;

import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.eventloop.LoopLocal;
import org.jspecify.annotations.Nullable;

/**
 * The read buffers of one event loop: a few large blocks, reused as soon as no part of
 * them is retained. So one read takes all received bytes, into memory that is still in
 * the processor's cache, and an idle connection holds none.
 * <p>
 * While a part of a block is retained, later reads use the space behind it. If all blocks
 * are in use, reads go into small buffers of their own, so that bytes retained for long
 * take no more memory than the blocks and themselves. Blocks that were not needed for a
 * second or two are freed, except the first.
 * <p>
 * Not for channels whose handlers append to the buffers they were given, as TLS does for
 * a record: in a block, the bytes of other connections may follow.
 */
public final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

	/** The size of a block in bytes. */
	public static final int BLOCK = 64 * 1024;

	/** The most blocks of an event loop. */
	public static final int MOST_BLOCKS = 16;

	/** The least free space of a block that is read into. */
	private static final int LEAST_ROOM = 16 * 1024;

	private static final int SMALL_BUFFER = 8 * 1024;

	private final Blocks blocks;

	/**
	 * Create the read buffers of an event loop.
	 * @param blocks the most blocks, 1 or more
	 * @param later runs a task on that event loop, in a second
	 */
	ReadBuffers(int blocks, Consumer<Runnable> later) {
		this.blocks = new Blocks(blocks, later);
	}

	/**
	 * Create the read buffers of an event loop, with {@link #MOST_BLOCKS}.
	 * @param later runs a task on that event loop, in a second
	 */
	ReadBuffers(Consumer<Runnable> later) {
		this(MOST_BLOCKS, later);
	}

	/**
	 * Create the read buffers of event loops, which are freed when their loop has ended.
	 * @param blocks the most blocks of each, 1 or more
	 * @return the read buffers for each event loop, created when needed
	 */
	public static LoopLocal<ReadBuffers> perLoop(int blocks) {
		return LoopLocal.released(
				(loop) -> new ReadBuffers(blocks, (task) -> EventLoopTasks.executeInASecond(loop, task)),
				ReadBuffers::release);
	}

	/**
	 * Use these read buffers for a channel. On its event loop, before anything is read
	 * from it.
	 * @param channel the channel
	 */
	public void use(Channel channel) {
		channel.config().setRecvByteBufAllocator(NioHalfClose.of(channel, this));
	}

	/**
	 * Free all blocks. When the event loop reads no more.
	 */
	void release() {
		this.blocks.release();
	}

	@Override
	public ExtendedHandle newHandle() {
		return new ReadHandle(this.blocks);
	}

	/**
	 * The receive-buffer handle of one channel. Event loop only.
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
	 * The blocks of one event loop, which alone allocates space in them; any thread
	 * releases it.
	 */
	private static final class Blocks {

		private final Consumer<Runnable> later;

		private final @Nullable ByteBuf[] blocks;

		private int current;

		/** The number of bytes of the current block that are in use. */
		private int used;

		/** The highest index of a block that was used since the last {@link #trim()}. */
		private int furthest;

		/** True while a call of {@link #trim()} is scheduled. */
		private boolean trimming;

		Blocks(int blocks, Consumer<Runnable> later) {
			this.blocks = new ByteBuf[blocks];
			this.later = later;
		}

		/**
		 * Allocate space to read into.
		 */
		ByteBuf room(ByteBufAllocator allocator) {
			ByteBuf block = block(this.current);
			if (isFree(block)) {
				this.used = 0;
				return block.retain().clear();
			}
			if (BLOCK - this.used >= LEAST_ROOM) {
				return block.retainedSlice(this.used, BLOCK - this.used).clear();
			}
			return turn(allocator);
		}

		/**
		 * True if no part of a block is retained. Then only this event loop can change
		 * that.
		 */
		private static boolean isFree(ByteBuf block) {
			return block.refCnt() == 1;
		}

		/**
		 * Switch to the first free block, so that the last ones are needed the least.
		 */
		private ByteBuf turn(ByteBufAllocator allocator) {
			for (int index = 0; index < this.blocks.length; index++) {
				ByteBuf block = block(index);
				if (isFree(block)) {
					this.current = index;
					this.used = 0;
					this.furthest = Math.max(this.furthest, index);
					return block.retain().clear();
				}
			}
			return allocator.directBuffer(SMALL_BUFFER, SMALL_BUFFER);
		}

		private ByteBuf block(int index) {
			ByteBuf block = this.blocks[index];
			if (block == null) {
				block = Unpooled.directBuffer(BLOCK, BLOCK);
				this.blocks[index] = block;
				if (index > 0 && !this.trimming) {
					this.trimming = true;
					this.later.accept(this::trim);
				}
			}
			return block;
		}

		/**
		 * Free the blocks behind the highest one used since the last call. A block with
		 * retained parts stays until a later call.
		 */
		private void trim() {
			if (isFree(block(this.current))) {
				this.current = 0;
				// Treated as full unless it is free, because its used bytes are not
				// known.
				this.used = BLOCK;
			}
			boolean more = false;
			for (int index = 1; index < this.blocks.length; index++) {
				more |= !trim(index);
			}
			this.furthest = 0;
			this.trimming = more;
			if (more) {
				this.later.accept(this::trim);
			}
		}

		private boolean trim(int index) {
			ByteBuf block = this.blocks[index];
			if (block == null) {
				return true;
			}
			if (index <= this.furthest || !isFree(block)) {
				return false;
			}
			this.blocks[index] = null;
			block.release();
			return true;
		}

		/**
		 * Record the number of bytes read into the space allocated last.
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
