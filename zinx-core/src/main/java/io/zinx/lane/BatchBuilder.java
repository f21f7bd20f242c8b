package io.zinx.lane;

import io.netty.buffer.ByteBuf;
import io.zinx.metrics.HandlerTiming;
import io.zinx.worker.QueueBound;
import org.jspecify.annotations.Nullable;

/**
 * The builder of batches of an event loop, within the queue bound. One serves all lanes
 * of an event loop, because it fills one batch at a time. Event loop only.
 */
final class BatchBuilder {

	private final HandlerTiming timing;

	private @Nullable FrameBatch batch;

	private @Nullable QueueBound bound;

	/**
	 * The approximate number of frames in the last batches, as an estimate for the next
	 * one.
	 */
	private int expected = 1;

	/** The number of frames that the batch may take. */
	private int room;

	/** The index in its buffer at which the frames of the batch begin. */
	private int begin;

	/** The memory held by the batch that was closed last. */
	private int memory;

	/** The number of batches filled. */
	private long batches;

	/**
	 * Create a builder.
	 * @param timing the choice of batches whose waiting time is measured
	 */
	BatchBuilder(HandlerTiming timing) {
		this.timing = timing;
	}

	/**
	 * Begin a batch.
	 * @param bound the queue bound
	 * @param buffer the buffer with its frames
	 * @param wanted the most frames that can be in it
	 * @return the number it may take; 0 if the queue bound is reached
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
	 * The memory held by the batch that was closed last.
	 * @return bytes
	 */
	int memory() {
		return this.memory;
	}

}
