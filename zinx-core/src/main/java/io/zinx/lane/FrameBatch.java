package io.zinx.lane;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * A batch of frames in one buffer: their message numbers and the positions of their
 * bodies. The event loop fills it, then a runner handles it; the last one to have it
 * releases the buffer.
 */
final class FrameBatch extends LaneTask {

	/** The most frames in a batch. */
	static final int LIMIT = 256;

	/**
	 * The approximate memory of the objects of a batch and its buffer, without the
	 * frames.
	 */
	private static final int OBJECTS = 128;

	private static final int FIELDS = 3;

	private final ByteBuf buffer;

	private int[] frames;

	private int size;

	private int next;

	/** The memory it holds, as counted. */
	private int memory;

	/** The time at which it was handed over; 0 if its waiting time is not measured. */
	private long queuedAt;

	/** True while the frames count against the queue bound. */
	private boolean reserved = true;

	/**
	 * Begin a batch.
	 * @param buffer the buffer with the frames
	 * @param expected an estimate of the number of frames, 1 or more
	 */
	FrameBatch(ByteBuf buffer, int expected) {
		this.buffer = buffer;
		this.frames = new int[expected * FIELDS];
	}

	void add(long msgId, int bodyIndex, int bodyLength) {
		int at = this.size * FIELDS;
		if (at == this.frames.length) {
			this.frames = Arrays.copyOf(this.frames, at * 2);
		}
		this.frames[at] = (int) msgId;
		this.frames[at + 1] = bodyIndex;
		this.frames[at + 2] = bodyLength;
		this.size++;
	}

	int size() {
		return this.size;
	}

	int waiting() {
		return this.size - this.next;
	}

	/**
	 * The number of the message that is handled next; 0 behind the last.
	 */
	long nextMsgId() {
		return (this.next < this.size) ? Integer.toUnsignedLong(this.frames[this.next * FIELDS]) : 0;
	}

	/**
	 * The number of messages begun; approximate for other threads.
	 */
	int position() {
		return this.next;
	}

	/**
	 * The number of the message that was begun last; approximate for other threads.
	 * @return -1 before the first
	 */
	long currentMsgId() {
		int at = (this.next - 1) * FIELDS;
		return (at >= 0 && at < this.frames.length) ? Integer.toUnsignedLong(this.frames[at]) : -1;
	}

	boolean isReserved() {
		return this.reserved;
	}

	void reserved(boolean reserved) {
		this.reserved = reserved;
	}

	void queuedAt(long nanos) {
		this.queuedAt = nanos;
	}

	/**
	 * Retain the buffer.
	 * @param begin the index at which the frames begin; they end at the reader index
	 * @return the memory that is held now
	 */
	int retain(int begin) {
		this.buffer.retain();
		this.memory = OBJECTS + this.frames.length * Integer.BYTES + this.buffer.readerIndex() - begin;
		return this.memory;
	}

	@Override
	boolean run(LaneRun lane) {
		if (this.queuedAt != 0) {
			lane.waited(System.nanoTime() - this.queuedAt);
			this.queuedAt = 0;
		}
		while (this.next < this.size) {
			if (lane.dropsWaiting()) {
				break;
			}
			long msgId = nextMsgId();
			if (!lane.mayHandle(msgId)) {
				return false;
			}
			int at = this.next++ * FIELDS;
			lane.taken(this.reserved ? 1 : 0);
			lane.handle(msgId, this.buffer, this.frames[at + 1], this.frames[at + 2]);
		}
		abandon(lane);
		return true;
	}

	@Override
	void abandon(LaneRun lane) {
		int left = waiting();
		if (left > 0) {
			lane.dropped(left);
		}
		lane.taken(this.reserved ? left : 0);
		this.next = this.size;
		this.buffer.release();
		lane.givenBack(this.memory);
	}

}
