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
 * The memory that the sockets of one event loop are read into: a few large blocks, used
 * again as soon as nobody holds anything of them. So one read takes all that has come,
 * into memory that is still in the processor's cache, and an idle connection holds none.
 * <p>
 * While somebody holds a part of a block, the next reads go behind it. If all blocks are
 * held, reads go into small buffers of their own: so bytes that are held for long take no
 * more memory than the blocks and themselves. Blocks that were not needed for a second or
 * two are freed, all but the first.
 * <p>
 * Not for channels whose handlers write behind the bytes they were given, as TLS does
 * when it gathers a record: in a block, others may have read there.
 */
public final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

	/** The bytes of a block. */
	public static final int BLOCK = 64 * 1024;

	/** The most that an event loop has, once that many were held at the same time. */
	public static final int MOST_BLOCKS = 16;

	/** A block with less room than this is full. */
	private static final int LEAST_ROOM = 16 * 1024;

	private static final int SMALL_BUFFER = 8 * 1024;

	private final Blocks blocks;

	/**
	 * Create the memory of an event loop.
	 * @param blocks the most blocks it has, 1 or more
	 * @param later runs a task on that event loop, in a second
	 */
	ReadBuffers(int blocks, Consumer<Runnable> later) {
		this.blocks = new Blocks(blocks, later);
	}

	/**
	 * Create the memory of an event loop, with as many blocks as there may be.
	 * @param later runs a task on that event loop, in a second
	 */
	ReadBuffers(Consumer<Runnable> later) {
		this(MOST_BLOCKS, later);
	}

	/**
	 * The memory of each event loop, freed when the loop has ended.
	 * @param blocks the most blocks of each, 1 or more
	 * @return one for each event loop that is asked for
	 */
	public static LoopLocal<ReadBuffers> perLoop(int blocks) {
		return LoopLocal.released(
				(loop) -> new ReadBuffers(blocks, (task) -> EventLoopTasks.executeInASecond(loop, task)),
				ReadBuffers::release);
	}

	/**
	 * Read a channel into this memory from now on. On its event loop, before anything is
	 * read from it.
	 * @param channel the channel
	 */
	public void use(Channel channel) {
		channel.config().setRecvByteBufAllocator(this);
	}

	/**
	 * Give back all blocks. When the event loop reads no more.
	 */
	void release() {
		this.blocks.release();
	}

	@Override
	public ExtendedHandle newHandle() {
		return new ReadHandle(this.blocks);
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

		private final Consumer<Runnable> later;

		private final @Nullable ByteBuf[] blocks;

		private int current;

		/** How much of the current block was read into since it was free. */
		private int used;

		/** The last block that was turned to since {@link #trim()}. */
		private int furthest;

		/** Whether {@link #trim()} will be called. */
		private boolean trimming;

		Blocks(int blocks, Consumer<Runnable> later) {
			this.blocks = new ByteBuf[blocks];
			this.later = later;
		}

		/**
		 * Room to read into.
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
		 * Whether nobody holds anything of a block. Then nobody but this event loop can
		 * change that.
		 */
		private static boolean isFree(ByteBuf block) {
			return block.refCnt() == 1;
		}

		/**
		 * Turn to the first block that is free, so that the last ones are those that are
		 * needed the least.
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
		 * Free the blocks behind the furthest that was turned to since the last time.
		 * What is held of one stays, until a later time.
		 */
		private void trim() {
			if (isFree(block(this.current))) {
				this.current = 0;
				// Full, unless it is free: how much of it was read into is not known.
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
