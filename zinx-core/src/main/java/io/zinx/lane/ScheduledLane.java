package io.zinx.lane;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.zinx.connection.ChannelConnection;
import io.zinx.connection.LaneActivity;
import io.zinx.outbound.LoopOutbox;
import io.zinx.worker.LaneJob;
import io.zinx.worker.LaneRunner;
import io.zinx.worker.WorkQueue;
import org.jspecify.annotations.Nullable;

/**
 * A lane with an inbox, on its way between the event loop, which puts tasks into it, and
 * the {@link LaneRunner} that takes them out. {@link LaneState} says which of the two may
 * touch the lane. Where routers name executions, the lane hands itself from runner to
 * runner.
 */
abstract class ScheduledLane extends AbstractLane implements LaneJob {

	private static final AtomicReferenceFieldUpdater<ScheduledLane, LaneState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(ScheduledLane.class, LaneState.class, "state");

	private static final AtomicIntegerFieldUpdater<ScheduledLane> GIVEN_BACK = AtomicIntegerFieldUpdater
		.newUpdater(ScheduledLane.class, "givenBack");

	final LaneBinding binding;

	final LaneInbox inbox = new LaneInbox();

	private volatile LaneState state = LaneState.IDLE;

	/**
	 * The thread that is inside the lane; set before the end of the server is looked at.
	 */
	private volatile @Nullable Thread thread;

	/** Whether the reader waits for less to do. Set by the event loop. */
	private volatile boolean tells;

	/** Written by whoever may touch the lane. */
	private volatile int givenBack;

	/** The runner that has, or had last, the lane. Whoever may touch the lane. */
	private LaneRunner runner;

	/** The answer that is waited for. Whoever may touch the lane; made for the first. */
	private @Nullable PendingAnswerSlot awaited;

	ScheduledLane(ChannelConnection connection, HandlerInvoker handling, Reader reader, LaneBinding binding) {
		super(connection, handling, reader);
		this.binding = binding;
		this.runner = binding.home();
	}

	/**
	 * Put a task behind those that are there. Event loop only.
	 */
	final void put(LaneTask task) {
		this.inbox.add(task);
		if (this.state == LaneState.IDLE) {
			readyOnLoop(LaneState.IDLE);
		}
	}

	/**
	 * Give the lane to a runner, if it is in that state. Event loop only.
	 */
	private void readyOnLoop(LaneState before) {
		if (STATE.compareAndSet(this, before, LaneState.READY)) {
			outbox().laneBusy();
			LaneRunner next = nextRunner();
			if (hand(next)) {
				this.binding.loop().turn().touched(next);
			}
		}
	}

	@Override
	public final boolean execute(Runnable task) {
		boolean taken = calls().submit(task, this.inbox::add);
		if (taken && this.state == LaneState.IDLE && STATE.compareAndSet(this, LaneState.IDLE, LaneState.READY)) {
			outbox().laneBusy();
			LaneRunner next = nextRunner();
			boolean sleeps = hand(next);
			outbox().wake();
			if (sleeps) {
				next.wake();
			}
		}
		return taken;
	}

	private boolean hand(LaneRunner next) {
		this.runner = next;
		return next.add(this);
	}

	/**
	 * The runner of the next thing to do.
	 */
	private LaneRunner nextRunner() {
		return hasNews() ? this.binding.home() : this.binding.runnerOf(this.inbox.peek());
	}

	/**
	 * Whether there is something to do, or something that waits for the peer to read. Any
	 * thread.
	 */
	final boolean isBusy() {
		return this.state != LaneState.IDLE || !this.inbox.isEmpty();
	}

	/**
	 * Whether the lane waits for an answer. Event loop only.
	 */
	final boolean isWaiting() {
		return this.state == LaneState.WAITING;
	}

	/**
	 * Whether the lane is with its home runner. Its runner only.
	 */
	final boolean isAtHome() {
		return this.runner == this.binding.home();
	}

	/**
	 * Whether a task is for the runner that has the lane. Its runner only.
	 */
	final boolean isForThisRunner(LaneTask task) {
		return this.binding.runnerOf(task) == this.runner;
	}

	final boolean isForThisRunner(long msgId) {
		return this.binding.runnerOf(msgId) == this.runner;
	}

	@Override
	public final void run() {
		this.thread = Thread.currentThread();
		if (this.handling.isStopped()) {
			this.thread = null;
			giveUp();
			return;
		}
		boolean finished;
		try {
			finished = runInside();
		}
		finally {
			if (this.handling.isStopped()) {
				giveUp();
			}
			this.thread = null;
		}
		if (!this.handling.isStopped()) {
			leave(finished);
			if (this.tells) {
				this.connection.onLoop(this.reader::lookAgain);
			}
		}
	}

	@Override
	public final void tellWhenLess(boolean tell) {
		this.tells = tell;
	}

	private boolean runInside() {
		this.handling.clearInterrupt();
		this.connection.enterLane();
		try {
			return runTasks();
		}
		finally {
			this.connection.leaveLane();
		}
	}

	/**
	 * So much memory is held no longer. Whoever may touch the lane.
	 */
	public final void givenBack(int bytes) {
		GIVEN_BACK.lazySet(this, this.givenBack + bytes);
		this.reader.givenBack(bytes);
	}

	@Override
	public final int givenBack() {
		return this.givenBack;
	}

	/**
	 * Work through the inbox. Its runner only.
	 * @return whether it is empty
	 */
	abstract boolean runTasks();

	/**
	 * The server has stopped: give back everything that waits, once.
	 */
	abstract void giveUp();

	/**
	 * Let go of the lane.
	 */
	private void leave(boolean finished) {
		if (isAwaiting()) {
			STATE.set(this, LaneState.WAITING);
			outbox().laneIdle();
			this.connection.onLoop(this::awaitAnswer);
		}
		else if (finished) {
			becomeIdle();
		}
		else if (this.connection.isCongested() && !this.connection.dropsWaiting()) {
			STATE.set(this, LaneState.CONGESTED);
			outbox().laneIdle();
			this.connection.onLoop(this::awaitRelief);
		}
		else {
			goOn(this.runner);
		}
	}

	private void becomeIdle() {
		LaneRunner mine = this.runner;
		STATE.set(this, LaneState.IDLE);
		if ((!this.inbox.isEmpty() || hasNews()) && STATE.compareAndSet(this, LaneState.IDLE, LaneState.READY)) {
			goOn(mine);
			return;
		}
		outbox().laneIdle();
	}

	/**
	 * Come back to the lane, or hand it over.
	 * @param mine the runner that runs it now. The lane may have been with others since
	 * it was given away
	 */
	private void goOn(LaneRunner mine) {
		LaneRunner next = nextRunner();
		if (hand(next) && next != mine) {
			next.wake();
		}
	}

	/**
	 * The lane is congested: messages in it no longer count against the queue bound, so
	 * that they take no room from others. Event loop only.
	 */
	private void awaitRelief() {
		if (!this.connection.isCongested()) {
			goOnReading(LaneState.CONGESTED);
			return;
		}
		if (this.state == LaneState.CONGESTED) {
			this.binding.bound().release(this.inbox.giveBack());
			tellIfChanged(LaneState.CONGESTED);
		}
	}

	/**
	 * The lane waits for an answer, and takes no room from others either. Event loop
	 * only.
	 */
	private void awaitAnswer() {
		PendingAnswerSlot waiting = this.awaited;
		if (this.state != LaneState.WAITING || waiting == null) {
			return;
		}
		this.binding.bound().release(this.inbox.giveBack());
		waiting.follow(this.binding.loop().loop(), () -> goOnReading(LaneState.WAITING));
		tellIfChanged(LaneState.WAITING);
	}

	@Override
	public final void congested() {
		noteWritability(false);
	}

	@Override
	public final void relieved() {
		noteWritability(true);
		goOnReading(LaneState.CONGESTED);
	}

	private void noteWritability(boolean relief) {
		if (note(relief)) {
			readyOnLoop(LaneState.IDLE);
			readyOnLoop(LaneState.CONGESTED);
			readyOnLoop(LaneState.WAITING);
		}
	}

	/**
	 * News that was noted while the lane was run may have come too late to be told.
	 */
	private void tellIfChanged(LaneState before) {
		if (hasNews()) {
			readyOnLoop(before);
		}
	}

	private void goOnReading(LaneState before) {
		readyOnLoop(before);
		this.reader.resume();
	}

	/**
	 * Whether an answer is waited for. Whoever may touch the lane.
	 */
	final boolean isAwaiting() {
		return this.awaited != null && this.awaited.isThere();
	}

	final @Nullable PendingAnswerSlot awaited() {
		return this.awaited;
	}

	final PendingAnswerSlot awaitedOrNew() {
		PendingAnswerSlot slot = this.awaited;
		if (slot == null) {
			slot = new PendingAnswerSlot(this.handling);
			this.awaited = slot;
		}
		return slot;
	}

	@Override
	public final LoopOutbox outbox() {
		return this.connection.outbox();
	}

	@Override
	public final @Nullable WorkQueue loopQueue() {
		return this.binding.loop().workers();
	}

	@Override
	public final void flush() {
		this.connection.flush();
	}

	/**
	 * Whether a thread is inside the lane. Any thread.
	 */
	final boolean isOccupied() {
		return this.thread != null;
	}

	@Override
	public final @Nullable LaneActivity activity() {
		Thread inside = this.thread;
		if (inside == null) {
			return null;
		}
		LaneTask task = this.inbox.current();
		return (task instanceof FrameBatch batch)
				? new LaneActivity(inside, batch, batch.position(), batch.currentMsgId())
				: new LaneActivity(inside, task, -1, -1);
	}

	@Override
	public final @Nullable String unfinished() {
		if (!isBusy()) {
			return null;
		}
		LaneActivity activity = activity();
		if (activity == null) {
			return "messages wait to be handled";
		}
		return (activity.task() instanceof FrameBatch)
				? "message " + activity.msgId() + " is being handled by " + activity.thread().getName()
				: "a listener or task is being run by " + activity.thread().getName();
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
