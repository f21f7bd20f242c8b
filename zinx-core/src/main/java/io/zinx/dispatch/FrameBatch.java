package io.zinx.dispatch;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

/**
 * Frames that were cut out of one buffer: their numbers and where their bodies lie. The
 * event loop fills it, then a worker handles it; whoever has it last releases the buffer,
 * once for all of them.
 */
final class FrameBatch implements LaneTask {

	/** The most frames in a batch. */
	static final int LIMIT = 256;

	private static final int FIELDS = 3;

	private static final int FIRST_CAPACITY = 4;

	private final ByteBuf buffer;

	private int[] frames = new int[FIRST_CAPACITY * FIELDS];

	private int size;

	private int next;

	/** Whether the frames count against the worker's bound. */
	private boolean reserved = true;

	FrameBatch(ByteBuf buffer) {
		this.buffer = buffer;
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

	boolean isReserved() {
		return this.reserved;
	}

	void reserved(boolean reserved) {
		this.reserved = reserved;
	}

	void retain() {
		this.buffer.retain();
	}

	@Override
	public boolean run(WorkerLane lane) {
		while (this.next < this.size) {
			if (lane.dropsWaiting()) {
				break;
			}
			if (!lane.mayHandle()) {
				return false;
			}
			int at = this.next++ * FIELDS;
			lane.taken(this.reserved ? 1 : 0);
			lane.handle(Integer.toUnsignedLong(this.frames[at]), this.buffer, this.frames[at + 1], this.frames[at + 2]);
		}
		abandon(lane);
		return true;
	}

	@Override
	public void abandon(WorkerLane lane) {
		lane.taken(this.reserved ? waiting() : 0);
		this.next = this.size;
		this.buffer.release();
	}

}
