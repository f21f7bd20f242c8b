package io.zinx.lane;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.routing.PendingAnswer;
import io.zinx.worker.QueueBound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane whose messages a runner handles: it takes batches of frames from the event loop,
 * within the queue bound, and handles them in order.
 */
final class QueueLane extends ScheduledLane implements LaneRun, PendingAnswer.Waiting, QueueBound.Waiter {

	private static final Logger logger = LoggerFactory.getLogger(QueueLane.class);

	/**
	 * The messages and tasks that are handled before the runner turns to the next lane.
	 */
	private static final int TURN = 64;

	private static final AtomicIntegerFieldUpdater<QueueLane> GIVEN_UP = AtomicIntegerFieldUpdater
		.newUpdater(QueueLane.class, "givenUp");

	/** 1 once all waiting messages were released because the server has stopped. */
	private volatile int givenUp;

	/** True if the lane waits for space under the queue bound. Event loop only. */
	private boolean awaitsRoom;

	/**
	 * The number of messages and tasks that may still be handled in this turn. The runner
	 * only.
	 */
	private byte messagesLeft;

	QueueLane(ChannelConnection connection, HandlerInvoker handling, Reader reader, LaneBinding binding) {
		super(connection, handling, reader, binding);
	}

	@Override
	public void start() {
		if (this.handling.hooks().isEmpty()) {
			this.reader.begin();
			return;
		}
		put(LaneTask.of(() -> {
			startHooks();
			note(false);
			this.connection.onLoop(this.reader::begin);
		}));
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (this.connection.isCongested() || this.connection.dropsWaiting() || isWaiting()) {
			return 0;
		}
		int granted = batches().open(this.binding.bound(), buffer, wanted);
		if (granted == 0 && !this.awaitsRoom) {
			this.awaitsRoom = true;
			this.binding.bound().await(this);
		}
		return granted;
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		batches().add(msgId, bodyIndex, bodyLength);
		return true;
	}

	@Override
	public void close() {
		FrameBatch filled = batches().close();
		if (filled != null) {
			this.reader.held(batches().memory());
			put(filled);
		}
	}

	private BatchBuilder batches() {
		return this.binding.loop().batches();
	}

	@Override
	public void spaceAvailable() {
		this.connection.onLoop(() -> {
			this.awaitsRoom = false;
			this.reader.resume();
		});
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
		if (this.handling.hooks().isEmpty() && !isBusy() && this.connection.endsWithoutCallbacks()) {
			closeCalls();
			if (!isBusy()) {
				stopHooks();
				return;
			}
		}
		put(LaneTask.of(() -> {
			closeCalls();
			runRest();
			stopHooks();
		}));
	}

	/**
	 * The last batch was handled: run the tasks that were accepted before the lane
	 * closed.
	 */
	private void runRest() {
		for (LaneTask task = this.inbox.poll(); task != null; task = this.inbox.poll()) {
			this.messagesLeft = TURN;
			runGuarded(task);
		}
		calls().end();
	}

	@Override
	boolean runTasks() {
		this.messagesLeft = TURN;
		for (;;) {
			if (isAtHome()) {
				tellNews();
			}
			PendingAnswerSlot waiting = awaited();
			if (waiting != null && !waiting.take()) {
				return false;
			}
			LaneTask task = this.inbox.begin();
			if (task == null) {
				return true;
			}
			if (!isForThisRunner(task) || !runGuarded(task)) {
				return false;
			}
			this.inbox.end();
		}
	}

	/**
	 * Run a task so that no exception stops the lane: a batch continues behind the
	 * message that was being handled.
	 */
	private boolean runGuarded(LaneTask task) {
		try {
			return task.run(this);
		}
		catch (Throwable ex) {
			LogThrottle.logSafely(
					() -> logger.error("Internal error: a message or a listener call of {} was lost. Please report it",
							this.connection, ex));
			return !(task instanceof FrameBatch);
		}
	}

	@Override
	public boolean dropsWaiting() {
		return this.connection.dropsWaiting();
	}

	@Override
	public boolean mayHandle(long msgId) {
		return this.messagesLeft > 0 && !isAwaiting() && !this.connection.isCongested() && !this.handling.isStopped()
				&& isForThisRunner(msgId);
	}

	@Override
	public boolean mayCall() {
		return this.messagesLeft-- > 0 && !this.handling.isStopped();
	}

	@Override
	public int handled() {
		return TURN - this.messagesLeft;
	}

	@Override
	public void dropped(int messages) {
		this.connection.unhandled(messages);
	}

	@Override
	public void taken(int messages) {
		this.binding.bound().release(messages);
	}

	@Override
	public void waited(long nanos) {
		this.handling.waited(nanos);
	}

	@Override
	public void handle(long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		this.messagesLeft--;
		this.handling.handle(this.connection, msgId, buffer, bodyIndex, bodyLength, this);
	}

	@Override
	public void await(PendingAnswer answer) {
		awaitedOrNew().await(answer);
	}

	/**
	 * A thread that is blocked in a router still uses what it holds, and releases it if
	 * it ever returns.
	 */
	@Override
	public void abandon() {
		closeCalls();
		if (!isOccupied()) {
			giveUp();
		}
		stopHooks();
	}

	@Override
	void giveUp() {
		if (this.givenUp == 0 && GIVEN_UP.compareAndSet(this, 0, 1)) {
			this.inbox.abandon(this);
			PendingAnswerSlot.giveUp(awaited());
		}
	}

}
