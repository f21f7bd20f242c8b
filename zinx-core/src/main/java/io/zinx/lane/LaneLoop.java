package io.zinx.lane;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

import io.netty.channel.EventLoop;
import io.zinx.metrics.HandlerTiming;
import io.zinx.outbound.LoopOutbox;
import io.zinx.worker.LaneRunner;
import io.zinx.worker.LoopRunner;
import io.zinx.worker.LoopTurn;
import io.zinx.worker.WorkQueue;
import io.zinx.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * The part of one event loop that its lanes share: its turn, the builder of batches, and
 * the runner of lanes that run on the loop itself. Event loop only.
 */
final class LaneLoop {

	private final EventLoop loop;

	private final LoopRunner runner;

	private final LoopTurn turn;

	private final BatchBuilder batches;

	private final @Nullable WorkQueue workers;

	/** The bindings of connections for which one worker runs everything. */
	private final IdentityHashMap<Worker, LaneBinding> bindings = new IdentityHashMap<>();

	/**
	 * Create the part of an event loop.
	 * @param loop the event loop
	 * @param outbox its outbox
	 * @param others the runners besides the loop's own, by index
	 * @param workers the queue of workers for the loop's thread; {@code null} if it runs
	 * none
	 * @param timing the choice of batches whose waiting time is measured
	 */
	LaneLoop(EventLoop loop, LoopOutbox outbox, List<? extends LaneRunner> others, @Nullable WorkQueue workers,
			HandlerTiming timing) {
		this.loop = loop;
		this.runner = new LoopRunner(others.size(), loop);
		List<LaneRunner> runners = new ArrayList<>(others);
		runners.add(this.runner);
		this.turn = new LoopTurn(loop, outbox, runners);
		this.batches = new BatchBuilder(timing);
		this.workers = workers;
	}

	EventLoop loop() {
		return this.loop;
	}

	/**
	 * The runner of lanes on this event loop.
	 */
	LoopRunner runner() {
		return this.runner;
	}

	LoopTurn turn() {
		return this.turn;
	}

	BatchBuilder batches() {
		return this.batches;
	}

	/**
	 * The queue of workers for the thread of this event loop.
	 * @return {@code null} if it runs none
	 */
	@Nullable WorkQueue workers() {
		return this.workers;
	}

	/**
	 * The binding of connections for which one worker runs everything.
	 * @param worker the worker
	 */
	LaneBinding binding(Worker worker) {
		return this.bindings.computeIfAbsent(worker, (key) -> new LaneBinding(key, key.bound(), this, null));
	}

}
