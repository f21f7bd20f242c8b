package io.zinx.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many messages may wait to be handled: for one worker, or for one connection. Any
 * thread.
 */
final class Room {

	private final int bound;

	/** Messages that wait, or are about to be put. */
	private final AtomicInteger waiting = new AtomicInteger();

	private final Queue<QueueLane> awaitingRoom = new ConcurrentLinkedQueue<>();

	Room(int bound) {
		this.bound = bound;
	}

	int waiting() {
		return this.waiting.get();
	}

	/**
	 * Reserve room for messages.
	 * @param wanted how many at most
	 * @return how many, 0 to {@code wanted}
	 */
	int reserve(int wanted) {
		for (;;) {
			int now = this.waiting.get();
			int granted = Math.min(wanted, this.bound - now);
			if (granted <= 0) {
				return 0;
			}
			if (this.waiting.compareAndSet(now, now + granted)) {
				return granted;
			}
		}
	}

	/**
	 * Give room back.
	 * @param messages how many
	 */
	void release(int messages) {
		if (messages == 0) {
			return;
		}
		int now = this.waiting.addAndGet(-messages);
		if (now <= this.bound / 2 && !this.awaitingRoom.isEmpty()) {
			tellRoom();
		}
	}

	/**
	 * Call a lane when half of the bound is free.
	 * @param lane the lane
	 */
	void await(QueueLane lane) {
		this.awaitingRoom.add(lane);
		if (this.waiting.get() <= this.bound / 2) {
			tellRoom();
		}
	}

	private void tellRoom() {
		QueueLane lane = this.awaitingRoom.poll();
		while (lane != null) {
			lane.roomAgain();
			lane = this.awaitingRoom.poll();
		}
	}

}
