package io.zinx.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoop;
import io.zinx.connection.LoopOutbox;

/**
 * Runs lanes on the event loop of their connections, behind what it has read.
 */
final class LoopRunner implements LaneRunner, Runnable {

	private final int index;

	private final EventLoop loop;

	private final Queue<QueueLane> ready = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean woken = new AtomicBoolean();

	LoopRunner(int index, EventLoop loop) {
		this.index = index;
		this.loop = loop;
	}

	@Override
	public int index() {
		return this.index;
	}

	@Override
	public void add(QueueLane lane) {
		this.ready.add(lane);
	}

	@Override
	public void wake() {
		if (this.woken.compareAndSet(false, true)) {
			LoopOutbox.execute(this.loop, this);
		}
	}

	/**
	 * Run the lanes that are there now. What they add waits until the event loop has
	 * looked at its sockets.
	 */
	@Override
	public void run() {
		this.woken.set(false);
		for (int left = this.ready.size(); left > 0; left--) {
			QueueLane lane = this.ready.poll();
			if (lane == null) {
				return;
			}
			LaneRunner.run(lane);
			lane.flush();
		}
		if (!this.ready.isEmpty() && this.woken.compareAndSet(false, true)) {
			LoopOutbox.executeBehindSockets(this.loop, this);
		}
	}

}
