package io.zinx.worker;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import io.zinx.eventloop.LoopDrivers;
import io.zinx.eventloop.LoopLocal;
import io.zinx.eventloop.MovableEventLoop;
import io.zinx.eventloop.ServerThreads;
import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.TestThreads;

/**
 * Workers whose lanes are those of event loops that are really driven.
 */
final class DrivenWorkers implements AutoCloseable {

	private final Workers workers;

	private final LoopLocal<LoopOutbox> outboxes = new LoopLocal<>(LoopOutbox::new);

	private final LoopDrivers drivers;

	private final List<MovableEventLoop> loops;

	DrivenWorkers(int size) {
		this(size, 1);
	}

	DrivenWorkers(int size, int loops) {
		ServerThreads threads = TestThreads.named("test");
		this.workers = new Workers(threads, size, 16, this.outboxes);
		this.drivers = new LoopDrivers(threads, this.workers::onLoop);
		this.loops = IntStream.range(0, loops)
			.mapToObj((i) -> this.drivers.begin(new MovableEventLoop(null, NioIoHandler.newFactory())))
			.toList();
	}

	Workers workers() {
		return this.workers;
	}

	LoopDrivers drivers() {
		return this.drivers;
	}

	MovableEventLoop loop(int number) {
		return this.loops.get(number);
	}

	LoopOutbox outbox(int number) {
		return this.outboxes.of(loop(number));
	}

	/**
	 * A worker whose lanes are all of the first event loop.
	 */
	LaneRunner runner(int worker) {
		return runner(worker, 0);
	}

	/**
	 * A worker whose lanes are all of one event loop.
	 */
	LaneRunner runner(int worker, int loop) {
		return new OfLoop(this.workers.all().get(worker), this.workers.onLoop(loop(loop)));
	}

	@Override
	public void close() {
		this.workers.stop();
		this.loops.stream()
			.map((loop) -> loop.shutdownGracefully(0, 10, TimeUnit.SECONDS))
			.forEach(Future::syncUninterruptibly);
	}

	private record OfLoop(Worker worker, WorkQueue queue) implements LaneRunner {

		@Override
		public int index() {
			return this.worker.index();
		}

		@Override
		public boolean add(LaneJob lane) {
			return this.worker.add(new LaneOfLoop(lane, this.queue));
		}

		@Override
		public void wake() {
			this.worker.wake();
		}

	}

	/**
	 * A lane that says of which event loop it is.
	 */
	private record LaneOfLoop(LaneJob lane, WorkQueue queue) implements LaneJob {

		@Override
		public void run() {
			this.lane.run();
		}

		@Override
		public void flush() {
			this.lane.flush();
		}

		@Override
		public LoopOutbox outbox() {
			return this.lane.outbox();
		}

		@Override
		public WorkQueue loopQueue() {
			return this.queue;
		}

		@Override
		public String toString() {
			return this.lane.toString();
		}

	}

}
