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
 * A lane with an inbox, to which the event loop adds tasks and from which a
 * {@link LaneRunner} takes them. {@link LaneState} says which of the two owns the lane.
 * Where routers have executions of their own, the lane moves from runner to runner.
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
	 * The thread that is inside the lane; set before the end of the server is checked.
	 */
	private volatile @Nullable Thread thread;

	/** True if the reader is notified of handled messages. Set by the event loop. */
	private volatile boolean tells;

	/** The sum of released memory. Written by the owner of the lane. */
	private volatile int givenBack;

	/** The runner that owns, or owned last, the lane. The owner of the lane only. */
	private LaneRunner runner;

	/** The awaited answer; created for the first one. The owner of the lane only. */
	private @Nullable PendingAnswerSlot awaited;

	ScheduledLane(ChannelConnection connection, HandlerInvoker handling, Reader reader, LaneBinding binding) {
		super(connection, handling, reader);
		this.binding = binding;
		this.runner = binding.home();
	}

	/**
	 * Add a task to the inbox. Event loop only.
	 */
	final void put(LaneTask task) {
		this.inbox.add(task);
		if (this.state == LaneState.IDLE) {
			readyOnLoop(LaneState.IDLE);
		}
	}

	/**
	 * Give the lane to a runner, if it is in a given state. Event loop only.
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
	 * The runner of the next task.
	 */
	private LaneRunner nextRunner() {
		return hasNews() ? this.binding.home() : this.binding.runnerOf(this.inbox.peek());
	}

	/**
	 * True if tasks wait, for a runner or for the end of congestion. Any thread.
	 */
	final boolean isBusy() {
		return this.state != LaneState.IDLE || !this.inbox.isEmpty();
	}

	/**
	 * True if the lane waits for an answer. Event loop only.
	 */
	final boolean isWaiting() {
		return this.state == LaneState.WAITING;
	}

	/**
	 * True if the lane is with its home runner. Its runner only.
	 */
	final boolean isAtHome() {
		return this.runner == this.binding.home();
	}

	/**
	 * True if a task is for the runner that owns the lane. Its runner only.
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
	 * Some memory is held no longer. The owner of the lane only.
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
	 * Run the tasks of the inbox. Its runner only.
	 * @return whether it is empty
	 */
	abstract boolean runTasks();

	/**
	 * The server has stopped: release everything that waits, once.
	 */
	abstract void giveUp();

	/**
	 * Release the lane after a turn.
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
	 * Schedule the lane again, or give it to another runner.
	 * @param mine the runner that runs it now; the lane may have been with others since
	 * it was given away
	 */
	private void goOn(LaneRunner mine) {
		LaneRunner next = nextRunner();
		if (hand(next) && next != mine) {
			next.wake();
		}
	}

	/**
	 * The lane is congested: its messages no longer count against the queue bound that
	 * other lanes share. Event loop only.
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
	 * The lane waits for an answer: its messages do not count against the queue bound
	 * either. Event loop only.
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
	 * Report a change that was recorded too late to be reported during the run of the
	 * lane.
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
	 * True if an answer is awaited. The owner of the lane only.
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
	 * True if a thread is inside the lane. Any thread.
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
