package io.zinx.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.netty.channel.EventLoop;
import io.zinx.eventloop.EventLoopTasks;

/**
 * Runs lanes on the event loop of their connections, behind what it has read.
 */
public final class LoopRunner implements LaneRunner, Runnable {

	private final int index;

	private final EventLoop loop;

	private final Queue<LaneJob> ready = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean woken = new AtomicBoolean();

	/**
	 * Create the runner of an event loop.
	 * @param index its place among all that the event loop wakes
	 * @param loop the event loop
	 */
	public LoopRunner(int index, EventLoop loop) {
		this.index = index;
		this.loop = loop;
	}

	@Override
	public int index() {
		return this.index;
	}

	@Override
	public boolean add(LaneJob lane) {
		this.ready.add(lane);
		return true;
	}

	@Override
	public void wake() {
		if (this.woken.compareAndSet(false, true)) {
			execute(EventLoopTasks::execute);
		}
	}

	/**
	 * An event loop that takes nothing now may do so when this is woken once more.
	 */
	private void execute(BiConsumer<EventLoop, Runnable> way) {
		try {
			way.accept(this.loop, this);
		}
		catch (Throwable ex) {
			this.woken.set(false);
			throw ex;
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
			LaneJob lane = this.ready.poll();
			if (lane == null) {
				return;
			}
			LaneRunner.run(lane);
			lane.flush();
		}
		if (!this.ready.isEmpty() && this.woken.compareAndSet(false, true)) {
			execute(EventLoopTasks::executeBehindSockets);
		}
	}

}
