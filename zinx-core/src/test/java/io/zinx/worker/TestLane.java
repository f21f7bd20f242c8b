package io.zinx.worker;

import io.zinx.outbound.LoopOutbox;

/**
 * A lane with one thing to do.
 */
class TestLane implements LaneJob {

	private static final LoopOutbox UNUSED = new LoopOutbox(new ManualLoop().loop());

	private final LoopOutbox outbox;

	private final Runnable work;

	private final Runnable flush;

	private TestLane(LoopOutbox outbox, Runnable work, Runnable flush) {
		this.outbox = outbox;
		this.work = work;
		this.flush = flush;
	}

	TestLane(Runnable work) {
		this(work, () -> {
		});
	}

	TestLane(Runnable work, Runnable flush) {
		this(UNUSED, work, flush);
	}

	/**
	 * A lane that answers, so that the event loop has something to write.
	 */
	static TestLane answering(LoopOutbox outbox, Reply reply) {
		return new TestLane(outbox, () -> outbox.publish(reply), () -> {
		});
	}

	/**
	 * A lane that does something before it answers.
	 */
	static TestLane answering(LoopOutbox outbox, Reply reply, Runnable before) {
		return new TestLane(outbox, () -> {
			before.run();
			outbox.publish(reply);
		}, () -> {
		});
	}

	@Override
	public void run() {
		this.work.run();
	}

	@Override
	public void flush() {
		this.flush.run();
	}

	@Override
	public LoopOutbox outbox() {
		return this.outbox;
	}

}
