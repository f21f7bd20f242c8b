package io.zinx.dispatch;

import java.util.BitSet;
import java.util.List;

import io.netty.channel.EventLoop;
import io.zinx.connection.LoopOutbox;

/**
 * What an event loop owes the workers at the end of its turn. While it works through its
 * ready channels it only queues lanes; here it wakes each worker once. Event loop only.
 */
final class LoopTurn implements Runnable {

	private final EventLoop loop;

	private final LoopOutbox outbox;

	private final List<Worker> workers;

	private final BitSet touched = new BitSet();

	LoopTurn(EventLoop loop, LoopOutbox outbox, List<Worker> workers) {
		this.loop = loop;
		this.outbox = outbox;
		this.workers = workers;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * A worker was given something to do.
	 * @param worker the worker
	 */
	void touched(Worker worker) {
		if (this.touched.isEmpty()) {
			this.loop.execute(this);
		}
		this.touched.set(worker.index());
	}

	/**
	 * The end of the turn.
	 */
	@Override
	public void run() {
		for (int i = this.touched.nextSetBit(0); i >= 0; i = this.touched.nextSetBit(i + 1)) {
			this.workers.get(i).wake();
		}
		this.touched.clear();
		this.outbox.collectAndWatch();
	}

}
