package io.zinx.dispatch;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.LogThrottle;
import io.zinx.connection.LoopOutbox;
import io.zinx.routing.PendingAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane with an inbox. The event loop puts tasks into it, a {@link LaneRunner} takes
 * them out; which of the two may touch the lane is said by its {@link LaneState}. Where
 * routers say on which thread they want to run, the lane hands itself from runner to
 * runner.
 */
final class QueueLane extends CallingLane implements PendingAnswer.Waiting {

	private static final Logger logger = LoggerFactory.getLogger(QueueLane.class);

	/**
	 * How many messages and tasks a lane may handle before its runner turns to the next
	 * one.
	 */
	private static final int TURN = 64;

	private static final AtomicReferenceFieldUpdater<QueueLane, LaneState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(QueueLane.class, LaneState.class, "state");

	private static final AtomicIntegerFieldUpdater<QueueLane> STOPPED = AtomicIntegerFieldUpdater
		.newUpdater(QueueLane.class, "stopped");

	private static final AtomicIntegerFieldUpdater<QueueLane> GIVEN_UP = AtomicIntegerFieldUpdater
		.newUpdater(QueueLane.class, "givenUp");

	private final Station station;

	private final LaneInbox inbox = new LaneInbox();

	private volatile LaneState state = LaneState.IDLE;

	/** 1 when the turn of the stop hooks has come. */
	private volatile int stopped;

	/** 1 when what waits was given back because the server has stopped. */
	private volatile int givenUp;

	/** Whether the start hooks were called. */
	private volatile boolean started;

	/**
	 * The thread that is inside the lane; set before the end of the server is looked at.
	 */
	private volatile @Nullable Thread thread;

	/** Whether the lane is called when there is room. Event loop only. */
	private boolean awaitsRoom;

	/** What is waited for; made for the first. Whoever may touch the lane. */
	private @Nullable Awaited awaited;

	/** With whom the lane is, or was last. Whoever may touch the lane. */
	private LaneRunner runner;

	/** How many messages and tasks may be handled in this turn. The runner only. */
	private int messagesLeft;

	QueueLane(ChannelConnection connection, Handling handling, Reader reader, Station station) {
		super(connection, handling, reader);
		this.station = station;
		this.runner = station.home();
	}

	@Override
	public void start() {
		if (this.handling.hooks().isEmpty()) {
			this.reader.begin();
			return;
		}
		put(LaneTask.of(() -> {
			this.started = true;
			this.handling.hooks().onStart(this.connection);
			note(false);
			this.connection.onLoop(this.reader::begin);
		}));
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (this.connection.isCongested() || this.connection.dropsWaiting() || this.state == LaneState.WAITING) {
			return 0;
		}
		int granted = this.station.turn().filling().open(this.station.room(), buffer, wanted);
		if (granted == 0 && !this.awaitsRoom) {
			this.awaitsRoom = true;
			this.station.room().await(this);
		}
		return granted;
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		this.station.turn().filling().add(msgId, bodyIndex, bodyLength);
		return true;
	}

	@Override
	public void close() {
		FrameBatch filled = this.station.turn().filling().close();
		if (filled != null) {
			put(filled);
		}
	}

	@Override
	public void readComplete() {
		// The end of the event loop's turn sees to all of its lanes at once.
	}

	@Override
	public void end(CloseReason reason) {
		if (isBusy()) {
			put(LaneTask.of(() -> this.connection.close(reason)));
			return;
		}
		this.connection.end(reason);
	}

	@Override
	public void socketClosed() {
		if (this.handling.hooks().isEmpty() && !isBusy() && this.connection.endsUnheard()) {
			closeCalls();
			if (!isBusy()) {
				stop();
				return;
			}
		}
		put(LaneTask.of(() -> {
			closeCalls();
			runRest();
			stop();
		}));
	}

	/**
	 * The last batch was handled: what is left are tasks that were taken before the lane
	 * closed.
	 */
	private void runRest() {
		for (LaneTask task = this.inbox.poll(); task != null; task = this.inbox.poll()) {
			this.messagesLeft = TURN;
			runGuarded(task);
		}
		calls().end();
	}

	/**
	 * The end of this connection, once, even if its runner is stuck.
	 */
	private void stop() {
		if (STOPPED.compareAndSet(this, 0, 1)) {
			if (this.started) {
				this.handling.hooks().onStop(this.connection);
			}
			this.connection.ended();
		}
	}

	private void put(LaneTask task) {
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
			hand(nextRunner());
			this.station.turn().touched(this.runner);
		}
	}

	@Override
	public boolean execute(Runnable task) {
		boolean taken = calls().submit(task, this.inbox::add);
		if (taken && this.state == LaneState.IDLE && STATE.compareAndSet(this, LaneState.IDLE, LaneState.READY)) {
			outbox().laneBusy();
			LaneRunner next = nextRunner();
			hand(next);
			outbox().wake();
			next.wake();
		}
		return taken;
	}

	private void hand(LaneRunner next) {
		this.runner = next;
		next.add(this);
	}

	/**
	 * Who runs what is to be done next.
	 */
	private LaneRunner nextRunner() {
		return hasNews() ? this.station.home() : this.station.runnerOf(this.inbox.peek());
	}

	/**
	 * Whether there is something to do, or something that waits for the peer to read. Any
	 * thread.
	 * @return whether at least one
	 */
	boolean isBusy() {
		return this.state != LaneState.IDLE || !this.inbox.isEmpty();
	}

	/**
	 * Work through the inbox. By its runner only.
	 */
	void run() {
		this.messagesLeft = TURN;
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
		}
	}

	private boolean runInside() {
		this.connection.enterLane();
		try {
			return runTasks();
		}
		finally {
			this.connection.leaveLane();
		}
	}

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
			STATE.set(this, LaneState.HELD);
			outbox().laneIdle();
			this.connection.onLoop(this::held);
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
		hand(next);
		if (next != mine) {
			next.wake();
		}
	}

	private boolean runTasks() {
		for (;;) {
			if (this.runner == this.station.home()) {
				tellNews(this.started && this.stopped == 0);
			}
			if (this.awaited != null && !this.awaited.take()) {
				return false;
			}
			LaneTask task = this.inbox.begin();
			if (task == null) {
				return true;
			}
			if (this.station.runnerOf(task) != this.runner || !runGuarded(task)) {
				return false;
			}
			this.inbox.end();
		}
	}

	/**
	 * Nothing that a task throws may keep the lane from going on: a batch goes on behind
	 * the message that was being handled.
	 */
	private boolean runGuarded(LaneTask task) {
		try {
			return task.run(this);
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(() -> logger.error("A defect of this framework has cost {} a message or a hook",
					this.connection, ex));
			return !(task instanceof FrameBatch);
		}
	}

	LoopOutbox outbox() {
		return this.connection.outbox();
	}

	/**
	 * Write what has been answered. Event loop only.
	 */
	void flush() {
		this.connection.flush();
	}

	boolean dropsWaiting() {
		return this.connection.dropsWaiting();
	}

	/**
	 * Whether the next message of a batch may be handled here and now.
	 */
	boolean mayHandle(FrameBatch batch) {
		return this.messagesLeft > 0 && !isAwaiting() && !this.connection.isCongested() && !this.handling.isStopped()
				&& this.station.runnerOf(batch) == this.runner;
	}

	/**
	 * Whether a task of the application may be run in this turn.
	 */
	boolean mayCall() {
		return this.messagesLeft-- > 0 && !this.handling.isStopped();
	}

	void taken(int messages) {
		this.station.room().release(messages);
	}

	void handle(long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		this.messagesLeft--;
		this.handling.handle(this.connection, msgId, buffer, bodyIndex, bodyLength, this);
	}

	/**
	 * The lane waits for its peer to read: what waits in it no longer counts against the
	 * bound, so that it takes no room from others. Event loop only.
	 */
	private void held() {
		if (!this.connection.isCongested()) {
			goOnReading(LaneState.HELD);
			return;
		}
		if (this.state == LaneState.HELD) {
			this.station.room().release(this.inbox.giveBack());
			tellIfChanged(LaneState.HELD);
		}
	}

	/**
	 * The lane waits for an answer, and takes no room from others either. Event loop
	 * only.
	 */
	private void awaitAnswer() {
		Awaited waiting = this.awaited;
		if (this.state != LaneState.WAITING || waiting == null) {
			return;
		}
		this.station.room().release(this.inbox.giveBack());
		waiting.follow(this.station.turn().loop(), () -> goOnReading(LaneState.WAITING));
		tellIfChanged(LaneState.WAITING);
	}

	@Override
	public void congested() {
		noteWritability(false);
	}

	@Override
	public void relieved() {
		noteWritability(true);
		goOnReading(LaneState.HELD);
	}

	private void noteWritability(boolean relief) {
		if (note(relief)) {
			readyOnLoop(LaneState.IDLE);
			readyOnLoop(LaneState.HELD);
			readyOnLoop(LaneState.WAITING);
		}
	}

	/**
	 * What was noted while the lane was run may have come too late to be told.
	 */
	private void tellIfChanged(LaneState before) {
		if (hasNews()) {
			readyOnLoop(before);
		}
	}

	private boolean isAwaiting() {
		return this.awaited != null && this.awaited.isThere();
	}

	@Override
	public void await(PendingAnswer answer) {
		if (this.awaited == null) {
			this.awaited = new Awaited(this.handling);
		}
		this.awaited.await(answer);
	}

	private void goOnReading(LaneState before) {
		readyOnLoop(before);
		this.reader.resume();
	}

	/**
	 * There is room again. Any thread.
	 */
	void roomAgain() {
		this.connection.onLoop(() -> {
			this.awaitsRoom = false;
			this.reader.resume();
		});
	}

	@Nullable Thread thread() {
		return this.thread;
	}

	@Nullable LaneTask currentTask() {
		return this.inbox.current();
	}

	/**
	 * The server has stopped: run the last hook if it has not run and, if nobody is
	 * inside the lane, give back what waits. A thread that is stuck in a router still
	 * uses what it holds, and gives it back if it ever returns.
	 */
	void abandon() {
		closeCalls();
		if (this.thread == null) {
			giveUp();
		}
		stop();
	}

	/**
	 * The server has stopped: give back what waits, once.
	 */
	private void giveUp() {
		if (this.givenUp == 0 && GIVEN_UP.compareAndSet(this, 0, 1)) {
			this.inbox.abandon(this);
			Awaited.giveUp(this.awaited);
		}
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
