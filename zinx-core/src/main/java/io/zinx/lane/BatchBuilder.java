package io.zinx.lane;

import io.netty.buffer.ByteBuf;
import io.zinx.metrics.HandlerTiming;
import io.zinx.worker.QueueBound;
import org.jspecify.annotations.Nullable;

/**
 * The batch that an event loop is filling, within the queue bound. One is enough for all
 * lanes of an event loop, because it fills one batch at a time. Event loop only.
 */
final class BatchBuilder {

	private final HandlerTiming timing;

	private @Nullable FrameBatch batch;

	private @Nullable QueueBound bound;

	/** How many frames the last batches had, about: reads of one kind come together. */
	private int expected = 1;

	/** How many frames the batch may take. */
	private int room;

	/** The place in its buffer where the frames of the batch begin. */
	private int begin;

	/** The memory that the batch holds which was closed last. */
	private int memory;

	/** How many batches were filled. */
	private long batches;

	/**
	 * Fill batches.
	 * @param timing of which to measure how long they wait
	 */
	BatchBuilder(HandlerTiming timing) {
		this.timing = timing;
	}

	/**
	 * Begin a batch.
	 * @param bound what may wait
	 * @param buffer the bytes its frames lie in
	 * @param wanted the most frames that can be in it
	 * @return how many it may take; 0 if there is no room
	 */
	int open(QueueBound bound, ByteBuf buffer, int wanted) {
		this.room = bound.reserve(Math.min(wanted, FrameBatch.LIMIT));
		if (this.room == 0) {
			return 0;
		}
		try {
			this.batch = new FrameBatch(buffer, Math.min(this.room, this.expected));
			this.bound = bound;
			this.begin = buffer.readerIndex();
			return this.room;
		}
		catch (Throwable ex) {
			bound.release(this.room);
			throw ex;
		}
	}

	void add(long msgId, int bodyIndex, int bodyLength) {
		FrameBatch batch = this.batch;
		if (batch == null) {
			throw new IllegalStateException("Internal error: no batch is open");
		}
		batch.add(msgId, bodyIndex, bodyLength);
	}

	/**
	 * End the batch.
	 * @return the batch, whose buffer is retained; {@code null} if it is empty
	 */
	@Nullable FrameBatch close() {
		FrameBatch filled = this.batch;
		QueueBound reserved = this.bound;
		if (filled == null || reserved == null) {
			return null;
		}
		this.batch = null;
		this.bound = null;
		reserved.release(this.room - filled.size());
		if (filled.size() == 0) {
			return null;
		}
		this.expected = Math.max(filled.size(), (this.expected + filled.size()) / 2);
		this.memory = filled.retain(this.begin);
		if (this.timing.measures(this.batches++)) {
			filled.queuedAt(System.nanoTime());
		}
		return filled;
	}

	/**
	 * The memory that the batch holds which was closed last.
	 * @return bytes
	 */
	int memory() {
		return this.memory;
	}

}
