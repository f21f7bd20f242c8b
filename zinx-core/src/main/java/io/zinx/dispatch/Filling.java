package io.zinx.dispatch;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The batch that is being filled for a lane, within what may wait. Event loop only.
 */
final class Filling {

	private final Room bound;

	private @Nullable FrameBatch batch;

	/** How many frames the batch may take. */
	private int room;

	/** Whether the lane is called when there is room. */
	private boolean awaitsRoom;

	Filling(Room bound) {
		this.bound = bound;
	}

	/**
	 * Begin a batch.
	 * @param lane told when there is room again
	 * @param buffer the bytes its frames lie in
	 * @param wanted the most frames that can be in it
	 * @return how many it may take; 0 if there is no room
	 */
	int open(QueueLane lane, ByteBuf buffer, int wanted) {
		this.room = this.bound.reserve(Math.min(wanted, FrameBatch.LIMIT));
		if (this.room == 0) {
			awaitRoom(lane);
			return 0;
		}
		try {
			this.batch = new FrameBatch(buffer);
			return this.room;
		}
		catch (Throwable ex) {
			this.bound.release(this.room);
			throw ex;
		}
	}

	private void awaitRoom(QueueLane lane) {
		if (!this.awaitsRoom) {
			this.awaitsRoom = true;
			this.bound.await(lane);
		}
	}

	/**
	 * The lane was called: there is room again.
	 */
	void roomCame() {
		this.awaitsRoom = false;
	}

	void add(long msgId, int bodyIndex, int bodyLength) {
		FrameBatch batch = this.batch;
		if (batch == null) {
			throw new IllegalStateException("No batch was opened");
		}
		batch.add(msgId, bodyIndex, bodyLength);
	}

	/**
	 * End the batch.
	 * @return the batch, whose buffer is retained; {@code null} if it is empty
	 */
	@Nullable FrameBatch close() {
		FrameBatch filled = this.batch;
		if (filled == null) {
			return null;
		}
		this.batch = null;
		this.bound.release(this.room - filled.size());
		if (filled.size() == 0) {
			return null;
		}
		filled.retain();
		return filled;
	}

}
