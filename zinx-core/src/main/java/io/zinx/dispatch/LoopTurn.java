package io.zinx.dispatch;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;

import io.netty.channel.EventLoop;
import io.zinx.connection.LoopOutbox;

/**
 * What an event loop owes the runners at the end of its turn. While it works through its
 * ready channels it only queues lanes; here it wakes each runner once. Event loop only.
 */
final class LoopTurn implements Runnable {

	private final EventLoop loop;

	private final LoopOutbox outbox;

	private final List<LaneRunner> runners;

	private final LoopRunner runner;

	/** Where connections are at home whose worker runs all. */
	private final IdentityHashMap<Worker, Station> stations = new IdentityHashMap<>();

	private final Filling filling;

	private final BitSet touched = new BitSet();

	LoopTurn(EventLoop loop, LoopOutbox outbox, List<LaneRunner> runners, LoopRunner runner, Filling filling) {
		this.filling = filling;
		this.loop = loop;
		this.outbox = outbox;
		this.runners = runners;
		this.runner = runner;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Runs lanes on this event loop.
	 */
	LoopRunner runner() {
		return this.runner;
	}

	/**
	 * Where a connection is at home whose worker runs all.
	 * @param worker the worker
	 */
	Station station(Worker worker) {
		return this.stations.computeIfAbsent(worker, (key) -> new Station(key, key.room(), this, null));
	}

	/**
	 * What this event loop is filling.
	 */
	Filling filling() {
		return this.filling;
	}

	/**
	 * A runner was given a lane.
	 * @param runner the runner, one of those this was made with
	 */
	void touched(LaneRunner runner) {
		if (this.touched.isEmpty()) {
			this.loop.execute(this);
		}
		this.touched.set(runner.index());
	}

	/**
	 * The end of the turn.
	 */
	@Override
	public void run() {
		this.outbox.aboutToCollect();
		for (int i = this.touched.nextSetBit(0); i >= 0; i = this.touched.nextSetBit(i + 1)) {
			this.runners.get(i).wake();
		}
		this.touched.clear();
		this.outbox.yieldAndCollect();
	}

}
