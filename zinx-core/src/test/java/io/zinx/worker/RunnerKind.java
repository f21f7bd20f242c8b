package io.zinx.worker;

import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.zinx.eventloop.LoopLocal;
import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.TestThreads;

/**
 * All that runs lanes, each in a form that runs one of them at a time.
 */
enum RunnerKind {

	/** One worker that waits for threads of the pool, which has some to spare. */
	WORKER {
		@Override
		Opened open() {
			Workers workers = new Workers(TestThreads.named("test"), 3, 16, new LoopLocal<>(LoopOutbox::new));
			return new Opened(workers.all().get(1), workers::stop);
		}
	},

	/** One worker that waits for the thread of an event loop. */
	WORKER_ON_LOOP {
		@Override
		Opened open() {
			DrivenWorkers driven = new DrivenWorkers(3);
			return new Opened(driven.runner(1), driven::close);
		}
	},

	LANE_THREADS {
		@Override
		Opened open() {
			LaneThreads threads = new LaneThreads("test", 0,
					new ThreadSource.PlatformThreads(TestThreads.named("test"), 1));
			return new Opened(threads, threads::stop);
		}
	},

	EVENT_LOOP {
		@Override
		Opened open() {
			DefaultEventLoop loop = new DefaultEventLoop();
			return new Opened(new LoopRunner(0, loop), () -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS));
		}
	};

	abstract Opened open();

	/**
	 * A runner at work.
	 *
	 * @param runner the runner
	 * @param end ends it
	 */
	record Opened(LaneRunner runner, Runnable end) implements AutoCloseable {

		/**
		 * Bring a lane from outside.
		 */
		void give(LaneJob lane) {
			LaneGiver.give(this.runner, lane);
		}

		/**
		 * Bring lanes while another one is at work, so that they are run behind it
		 * without a pause.
		 */
		void giveInOneRun(LaneJob... lanes) throws InterruptedException {
			BlockedLane gate = new BlockedLane();
			give(gate);
			gate.awaitBegin();
			for (LaneJob lane : lanes) {
				give(lane);
			}
			gate.release();
		}

		@Override
		public void close() {
			this.end.run();
		}

	}

}
