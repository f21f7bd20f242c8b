package io.zinx.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.LogThrottle;
import io.zinx.connection.LoopOutbox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane with an inbox. The event loop puts tasks into it, a {@link LaneRunner} takes
 * them out; which of the two may touch the lane is said by its {@link LaneState}. Where
 * routers say on which thread they want to run, the lane hands itself from runner to
 * runner.
 */
final class QueueLane implements Lane {

	private static final Logger logger = LoggerFactory.getLogger(QueueLane.class);

	/**
	 * How many messages and tasks a lane may handle before its runner turns to the next
	 * one.
	 */
	private static final int TURN = 64;

	private final ChannelConnection connection;

	private final Handling handling;

	private final Reader reader;

	private final Station station;

	private final Consumer<QueueLane> forget;

	private final LaneInbox inbox = new LaneInbox();

	private final AtomicReference<LaneState> state = new AtomicReference<>(LaneState.IDLE);

	private final Calls calls;

	private final Awaited awaited;

	private final Writability writability;

	private final Filling filling;

	private final AtomicBoolean stopped = new AtomicBoolean();

	private final AtomicBoolean givenUp = new AtomicBoolean();

	/** Whether the start hooks were called. */
	private volatile boolean started;

	/**
	 * The thread that is inside the lane; set before the end of the server is looked at.
	 */
	private volatile @Nullable Thread thread;

	/** With whom the lane is, or was last. Whoever may touch the lane. */
	private LaneRunner runner;

	/** How many messages and tasks may be handled in this turn. The runner only. */
	private int messagesLeft;

	QueueLane(ChannelConnection connection, Handling handling, Reader reader, Station station,
			Consumer<QueueLane> forget) {
		this.connection = connection;
		this.handling = handling;
		this.reader = reader;
		this.station = station;
		this.runner = station.home();
		this.forget = forget;
		this.calls = new Calls(connection, handling);
		this.awaited = new Awaited(handling);
		this.writability = new Writability(connection, handling.hooks());
		this.filling = new Filling(station.room());
	}

	@Override
	public void start() {
		if (this.handling.hooks().isEmpty()) {
			this.reader.begin();
			return;
		}
		put((lane) -> {
			this.started = true;
			this.handling.hooks().onStart(this.connection);
			this.writability.note(false);
			this.connection.onLoop(this.reader::begin);
			return true;
		});
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (this.connection.isCongested() || this.connection.dropsWaiting() || this.state.get() == LaneState.WAITING) {
			return 0;
		}
		return this.filling.open(this, buffer, wanted);
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		this.filling.add(msgId, bodyIndex, bodyLength);
		return true;
	}

	@Override
	public void close() {
		FrameBatch filled = this.filling.close();
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
		put((lane) -> {
			this.connection.close(reason);
			return true;
		});
	}

	@Override
	public void socketClosed() {
		if (this.handling.hooks().isEmpty() && !isBusy() && this.connection.endsUnheard()) {
			this.calls.close();
			if (!isBusy()) {
				stop();
				return;
			}
		}
		put((lane) -> {
			this.calls.close();
			runRest();
			stop();
			return true;
		});
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
		this.calls.end();
	}

	/**
	 * The end of this connection, once, even if its runner is stuck.
	 */
	private void stop() {
		if (this.stopped.compareAndSet(false, true)) {
			if (this.started) {
				this.handling.hooks().onStop(this.connection);
			}
			this.connection.ended();
			this.forget.accept(this);
		}
	}

	private void put(LaneTask task) {
		this.inbox.add(task);
		if (this.state.get() == LaneState.IDLE) {
			readyOnLoop(LaneState.IDLE);
		}
	}

	/**
	 * Give the lane to a runner, if it is in that state. Event loop only.
	 */
	private void readyOnLoop(LaneState before) {
		if (this.state.compareAndSet(before, LaneState.READY)) {
			outbox().laneBusy();
			hand(nextRunner());
			this.station.turn().touched(this.runner);
		}
	}

	@Override
	public boolean execute(Runnable task) {
		boolean taken = this.calls.submit(task, this.inbox::add);
		if (taken && this.state.get() == LaneState.IDLE && this.state.compareAndSet(LaneState.IDLE, LaneState.READY)) {
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
		return this.writability.isChanged() ? this.station.home() : this.station.runnerOf(this.inbox.peek());
	}

	/**
	 * Whether there is something to do, or something that waits for the peer to read. Any
	 * thread.
	 * @return whether at least one
	 */
	boolean isBusy() {
		return this.state.get() != LaneState.IDLE || !this.inbox.isEmpty();
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
		if (this.awaited.isThere()) {
			this.state.set(LaneState.WAITING);
			outbox().laneIdle();
			this.connection.onLoop(this::awaitAnswer);
		}
		else if (finished) {
			becomeIdle();
		}
		else if (this.connection.isCongested() && !this.connection.dropsWaiting()) {
			this.state.set(LaneState.HELD);
			outbox().laneIdle();
			this.connection.onLoop(this::held);
		}
		else {
			goOn(this.runner);
		}
	}

	private void becomeIdle() {
		LaneRunner mine = this.runner;
		this.state.set(LaneState.IDLE);
		if (hasMore() && this.state.compareAndSet(LaneState.IDLE, LaneState.READY)) {
			goOn(mine);
			return;
		}
		outbox().laneIdle();
	}

	private boolean hasMore() {
		return !this.inbox.isEmpty() || this.writability.isChanged();
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
			if (this.writability.isChanged() && this.runner == this.station.home()) {
				this.writability.tell(this.started && !this.stopped.get());
			}
			if (!this.awaited.take()) {
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
		return this.messagesLeft > 0 && !this.awaited.isThere() && !this.connection.isCongested()
				&& !this.handling.isStopped() && this.station.runnerOf(batch) == this.runner;
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
		this.handling.handle(this.connection, msgId, buffer, bodyIndex, bodyLength, this.awaited);
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
		if (this.state.get() == LaneState.HELD) {
			giveBackAll();
			tellIfChanged(LaneState.HELD);
		}
	}

	/**
	 * The lane waits for an answer, and takes no room from others either. Event loop
	 * only.
	 */
	private void awaitAnswer() {
		if (this.state.get() != LaneState.WAITING) {
			return;
		}
		giveBackAll();
		this.awaited.follow(this.station.turn().loop(), () -> goOnReading(LaneState.WAITING));
		tellIfChanged(LaneState.WAITING);
	}

	private void giveBackAll() {
		this.station.room().release(this.inbox.giveBack());
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
		if (this.writability.note(relief)) {
			readyOnLoop(LaneState.IDLE);
			readyOnLoop(LaneState.HELD);
			readyOnLoop(LaneState.WAITING);
		}
	}

	/**
	 * What was noted while the lane was run may have come too late to be told.
	 */
	private void tellIfChanged(LaneState before) {
		if (this.writability.isChanged()) {
			readyOnLoop(before);
		}
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
			this.filling.roomCame();
			this.reader.resume();
		});
	}

	/**
	 * Whether the calling thread is inside this lane.
	 */
	boolean isOnLane() {
		return this.thread == Thread.currentThread();
	}

	/**
	 * Whether a thread is inside this lane. Any thread.
	 */
	boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * The server has stopped: run the last hook if it has not run and, if nobody is
	 * inside the lane, give back what waits. A thread that is stuck in a router still
	 * uses what it holds, and gives it back if it ever returns.
	 */
	void abandon() {
		this.calls.close();
		if (!isRunning()) {
			giveUp();
		}
		stop();
	}

	/**
	 * The server has stopped: give back what waits, once.
	 */
	private void giveUp() {
		if (this.givenUp.compareAndSet(false, true)) {
			this.inbox.abandon(this);
		}
	}

	@Override
	public String toString() {
		return this.connection.toString();
	}

}
