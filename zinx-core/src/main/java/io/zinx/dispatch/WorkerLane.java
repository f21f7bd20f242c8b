package io.zinx.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.LogThrottle;
import io.zinx.connection.LoopOutbox;
import io.zinx.routing.PendingAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands everything to a worker. The event loop puts tasks into the inbox, the worker
 * takes them out; which of the two may touch the lane is said by its {@link State}.
 */
final class WorkerLane implements Lane, PendingAnswer.Waiting {

	private static final Logger logger = LoggerFactory.getLogger(WorkerLane.class);

	/**
	 * How many messages and tasks a lane may handle before the worker turns to the next
	 * one.
	 */
	private static final int TURN = 64;

	private final ChannelConnection connection;

	private final Handling handling;

	private final Reader reader;

	private final Worker worker;

	private final LoopTurn turn;

	private final Consumer<WorkerLane> forget;

	private final Queue<LaneTask> inbox = new ConcurrentLinkedQueue<>();

	private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

	private final Calls calls;

	private final AtomicBoolean stopped = new AtomicBoolean();

	/** Whether the start hooks were called. */
	private volatile boolean started;

	/** The batch that is being filled. Event loop only. */
	private @Nullable FrameBatch filling;

	/** How many more frames the batch may take. Event loop only. */
	private int room;

	/** The task that is under way. Whoever may touch the lane. */
	private @Nullable LaneTask current;

	/** What is waited for. Whoever may touch the lane. */
	private @Nullable PendingAnswer answer;

	/** How many messages and tasks may be handled in this turn. Worker only. */
	private int messagesLeft;

	WorkerLane(ChannelConnection connection, Handling handling, Reader reader, Worker worker, LoopTurn turn,
			Consumer<WorkerLane> forget) {
		this.connection = connection;
		this.handling = handling;
		this.reader = reader;
		this.worker = worker;
		this.turn = turn;
		this.forget = forget;
		this.calls = new Calls(connection, handling);
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
			this.connection.onLoop(this.reader::begin);
			return true;
		});
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (this.connection.isCongested() || this.connection.dropsWaiting() || this.state.get() == State.WAITING) {
			return 0;
		}
		this.room = this.worker.reserve(Math.min(wanted, FrameBatch.LIMIT));
		if (this.room == 0) {
			this.worker.awaitRoom(this);
			return 0;
		}
		this.filling = batch(buffer);
		return this.room;
	}

	private FrameBatch batch(ByteBuf buffer) {
		try {
			return new FrameBatch(buffer);
		}
		catch (Throwable ex) {
			this.worker.release(this.room);
			throw ex;
		}
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		FrameBatch batch = this.filling;
		if (batch == null) {
			throw new IllegalStateException("No batch was opened");
		}
		batch.add(msgId, bodyIndex, bodyLength);
		return true;
	}

	@Override
	public void close() {
		FrameBatch batch = this.filling;
		if (batch == null) {
			return;
		}
		this.filling = null;
		this.worker.release(this.room - batch.size());
		if (batch.size() > 0) {
			batch.retain();
			put(batch);
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
	 * The end of this connection, once, even if its worker is stuck.
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
		if (this.state.get() == State.IDLE && this.state.compareAndSet(State.IDLE, State.READY)) {
			outbox().laneBusy();
			this.worker.add(this);
		}
		this.turn.touched(this.worker);
	}

	@Override
	public boolean execute(Runnable task) {
		boolean taken = this.calls.submit(task, this.inbox::add);
		if (taken && this.state.get() == State.IDLE && this.state.compareAndSet(State.IDLE, State.READY)) {
			outbox().laneBusy();
			this.worker.add(this);
			outbox().wake();
			this.worker.wake();
		}
		return taken;
	}

	/**
	 * Whether there is something to do, or something that waits for the peer to read. Any
	 * thread.
	 * @return whether at least one
	 */
	boolean isBusy() {
		return this.state.get() != State.IDLE || !this.inbox.isEmpty();
	}

	/**
	 * Work through the inbox. Worker only.
	 */
	void run() {
		this.messagesLeft = TURN;
		this.connection.enterLane();
		boolean finished;
		try {
			finished = runTasks();
		}
		finally {
			this.connection.leaveLane();
		}
		if (this.answer != null) {
			this.state.set(State.WAITING);
			outbox().laneIdle();
			this.connection.onLoop(this::awaitAnswer);
		}
		else if (finished) {
			becomeIdle();
		}
		else if (this.connection.isCongested() && !this.connection.dropsWaiting()) {
			this.state.set(State.HELD);
			outbox().laneIdle();
			this.connection.onLoop(this::held);
		}
		else {
			this.worker.add(this);
		}
	}

	private boolean runTasks() {
		for (;;) {
			if (!takeAnswer()) {
				return false;
			}
			LaneTask task = (this.current != null) ? this.current : this.inbox.poll();
			this.current = task;
			if (task == null) {
				return true;
			}
			if (!runGuarded(task)) {
				return false;
			}
			this.current = null;
		}
	}

	/**
	 * Whether there is no answer to wait for any more.
	 */
	private boolean takeAnswer() {
		PendingAnswer awaited = this.answer;
		if (awaited == null) {
			return true;
		}
		if (!awaited.isDone()) {
			return false;
		}
		this.answer = null;
		this.handling.answered(awaited);
		return true;
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

	private void becomeIdle() {
		this.state.set(State.IDLE);
		if (!this.inbox.isEmpty() && this.state.compareAndSet(State.IDLE, State.READY)) {
			this.worker.add(this);
			return;
		}
		outbox().laneIdle();
	}

	LoopOutbox outbox() {
		return this.connection.outbox();
	}

	boolean dropsWaiting() {
		return this.connection.dropsWaiting();
	}

	boolean mayHandle() {
		return this.messagesLeft > 0 && this.answer == null && !this.connection.isCongested()
				&& !this.worker.isStopped();
	}

	/**
	 * Whether a task of the application may be run in this turn.
	 */
	boolean mayCall() {
		return this.messagesLeft-- > 0 && !this.worker.isStopped();
	}

	void taken(int messages) {
		if (messages > 0) {
			this.worker.release(messages);
		}
	}

	void handle(long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		this.messagesLeft--;
		this.handling.handle(this.connection, msgId, buffer, bodyIndex, bodyLength, this);
	}

	@Override
	public void await(PendingAnswer answer) {
		this.answer = answer;
	}

	/**
	 * The lane waits for its peer to read: what waits in it no longer counts against the
	 * worker's bound, so that it takes no room from others. Event loop only.
	 */
	private void held() {
		if (!this.connection.isCongested()) {
			relieved();
			return;
		}
		if (this.state.get() == State.HELD) {
			giveBackAll();
		}
	}

	/**
	 * The lane waits for an answer, and takes no room from others either. Event loop
	 * only.
	 */
	private void awaitAnswer() {
		PendingAnswer awaited = this.answer;
		if (awaited == null || this.state.get() != State.WAITING) {
			return;
		}
		giveBackAll();
		Future<?> expiry = this.handling.expireInTime(awaited, this.turn.loop());
		awaited.onDone(() -> this.connection.onLoop(() -> {
			expiry.cancel(false);
			readyAgain(State.WAITING);
		}));
	}

	private void giveBackAll() {
		int waiting = giveBack(this.current);
		for (LaneTask task : this.inbox) {
			waiting += giveBack(task);
		}
		this.worker.release(waiting);
	}

	private static int giveBack(@Nullable LaneTask task) {
		if (!(task instanceof FrameBatch batch) || !batch.isReserved()) {
			return 0;
		}
		batch.reserved(false);
		return batch.waiting();
	}

	@Override
	public void relieved() {
		readyAgain(State.HELD);
	}

	private void readyAgain(State before) {
		if (this.state.compareAndSet(before, State.READY)) {
			outbox().laneBusy();
			this.worker.add(this);
			this.turn.touched(this.worker);
		}
		this.reader.resume();
	}

	/**
	 * The worker has room again. Any thread.
	 */
	void roomAgain() {
		this.connection.onLoop(this.reader::resume);
	}

	/**
	 * The server has stopped: run the last hook if it has not run and, if the worker has
	 * ended too, give back what waits. A worker that is stuck in a router still uses what
	 * it holds.
	 */
	void abandon() {
		this.calls.close();
		if (this.worker.hasEnded()) {
			giveUpTasks();
		}
		stop();
	}

	private void giveUpTasks() {
		if (this.current != null) {
			this.current.abandon(this);
			this.current = null;
		}
		for (LaneTask task = this.inbox.poll(); task != null; task = this.inbox.poll()) {
			task.abandon(this);
		}
	}

	/**
	 * Who may touch the lane.
	 *
	 * <pre>
	 *        put              congested, or answer later
	 * IDLE ------> READY ----------------------------> HELD, WAITING
	 *   ^           |  ^                                |
	 *   +-----------+  +--------------------------------+
	 *    inbox empty          relieved, or answered
	 * </pre>
	 */
	private enum State {

		/** Nothing to do. Whoever brings something makes it ready. */
		IDLE,

		/** In the worker's queue, or being run by it. */
		READY,

		/** The peer does not read. The event loop makes it ready. */
		HELD,

		/** An answer comes later. The event loop makes it ready. */
		WAITING

	}

}
