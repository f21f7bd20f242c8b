package io.zinx.lane;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.netty.channel.EventLoop;
import io.zinx.connection.ChannelConnection;
import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.metrics.HandlerTiming;
import io.zinx.outbound.LoopOutbox;
import io.zinx.routing.Execution;
import io.zinx.routing.Routes;
import io.zinx.worker.LaneRunner;
import io.zinx.worker.LaneThreads;
import io.zinx.worker.QueueBound;
import io.zinx.worker.WorkQueue;
import io.zinx.worker.Worker;
import io.zinx.worker.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The factory of the lanes of one server run, each with the runners that its routers
 * need.
 */
public final class Lanes implements LaneFactory {

	private final HandlerInvoker handling;

	private final Execution mode;

	/** True if no router has another execution than that of the mode. */
	private final boolean plain;

	private final Workers workers;

	private final LaneThreads threads;

	private final LoopLocal<LaneLoop> loops;

	/**
	 * Create the lanes of a server.
	 * @param handling the invoker of routers and listeners
	 * @param mode the execution of routers without one
	 * @param workers the workers; without any if no router needs one
	 * @param threads the threads of connections
	 * @param outboxes the outbox of each event loop
	 * @param timing the choice of batches whose waiting time is measured
	 */
	public Lanes(HandlerInvoker handling, Execution mode, Workers workers, LaneThreads threads,
			LoopLocal<LoopOutbox> outboxes, HandlerTiming timing) {
		this.handling = handling;
		this.mode = mode;
		this.plain = executionsBeside(mode, handling.routes()).isEmpty();
		this.workers = workers;
		this.threads = threads;
		List<LaneRunner> runners = new ArrayList<>(workers.all());
		runners.add(threads);
		this.loops = new LoopLocal<>((loop) -> new LaneLoop(loop, outboxes.of(loop), runners, queueOf(loop), timing));
	}

	/**
	 * The queue of workers for the thread of an event loop, if that thread may block.
	 */
	private @Nullable WorkQueue queueOf(EventLoop loop) {
		return (loop instanceof MovableEventLoop movable) ? this.workers.onLoop(movable) : null;
	}

	/**
	 * The executions of routers, besides that of the mode.
	 * @param mode the execution of routers without one
	 * @param routes the routers
	 * @return empty if all routers use that of the mode
	 */
	public static Set<Execution> executionsBeside(Execution mode, Routes routes) {
		Set<Execution> beside = EnumSet.copyOf(routes.executions());
		beside.removeAll(EnumSet.of(Execution.DEFAULT, mode));
		return beside;
	}

	@Override
	public Lane newLane(ChannelConnection connection, EventLoop loop, Reader reader) {
		Lane lane = onLoopsOnly() ? new LoopLane(connection, loop, this.handling, reader)
				: new QueueLane(connection, this.handling, reader, binding(connection.connId(), this.loops.of(loop)));
		connection.lane(lane);
		return lane;
	}

	/**
	 * Return whether everything is handled by the event loops that read the connections.
	 * Then no lane outlives them.
	 * @return whether no other threads run lanes
	 */
	public boolean onLoopsOnly() {
		return this.plain && this.mode == Execution.EVENT_LOOP;
	}

	private LaneBinding binding(long connId, LaneLoop loop) {
		Worker worker = this.workers.of(connId);
		if (this.plain && worker != null) {
			return loop.binding(worker);
		}
		QueueBound bound = new QueueBound(this.handling.maxTaskLen());
		if (this.plain) {
			return new LaneBinding(this.threads, bound, loop, null);
		}
		RunnerChoice choice = new RunnerChoice(this.mode, loop.runner(), worker, this.threads, this.handling.routes());
		return new LaneBinding(choice.home(), bound, loop, choice);
	}

}
