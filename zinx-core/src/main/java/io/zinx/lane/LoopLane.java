package io.zinx.lane;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.routing.PendingAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Handles everything on the event loop, frame by frame as they are cut out.
 */
final class LoopLane extends AbstractLane implements WaitingLane, PendingAnswer.Waiting {

	private final EventLoop loop;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	/** Whether the reading side waits for room. */
	private boolean waiting;

	/** The answer that is waited for, and its time limit. */
	private @Nullable PendingAnswer answer;

	private @Nullable Future<?> expiry;

	/** The end that came while an answer was waited for. */
	private @Nullable CloseReason ending;

	private boolean socketClosed;

	LoopLane(ChannelConnection connection, EventLoop loop, HandlerInvoker handling, Reader reader) {
		super(connection, handling, reader);
		this.loop = loop;
	}

	@Override
	public void start() {
		runHooks(this::startHooks);
		if (this.connection.isCongested()) {
			noteWritability(false);
		}
		this.reader.begin();
	}

	@Override
	public int open(ByteBuf buffer, int wanted) {
		if (isHeld()) {
			this.waiting = true;
			return 0;
		}
		this.buffer = buffer;
		this.handling.clearInterrupt();
		this.connection.enterLane();
		return wanted;
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		this.handling.handle(this.connection, msgId, this.buffer, bodyIndex, bodyLength, this);
		return !isHeld();
	}

	private boolean isHeld() {
		if (this.answer != null) {
			return true;
		}
		if (!this.connection.isCongested()) {
			return this.connection.dropsWaiting();
		}
		this.connection.flush();
		return this.connection.isCongested() || this.connection.dropsWaiting();
	}

	@Override
	public void close() {
		this.connection.leaveLane();
		this.buffer = Unpooled.EMPTY_BUFFER;
	}

	@Override
	public void readComplete() {
		this.connection.outbox().flushThisTurn(this.connection);
	}

	@Override
	public void end(CloseReason reason) {
		if (this.answer != null) {
			this.ending = reason;
			return;
		}
		runWaiting();
		this.connection.end(reason);
	}

	@Override
	public boolean execute(Runnable task) {
		boolean taken = calls().submit(task);
		if (taken && this.loop.inEventLoop()) {
			EventLoopTasks.executeBehindSockets(this.loop, this::runNext);
		}
		else if (taken) {
			this.connection.onLoop(this::runNext);
		}
		return taken;
	}

	private void runNext() {
		Runnable next = (this.answer == null) ? calls().poll() : null;
		if (next != null) {
			runOnLane(next);
		}
	}

	private void runWaiting() {
		for (int left = waitingCalls(); left > 0; left--) {
			runNext();
		}
	}

	private void runRest() {
		for (Runnable next = calls().poll(); next != null; next = calls().poll()) {
			runOnLane(next);
		}
		calls().end();
	}

	@Override
	public void await(PendingAnswer answer) {
		this.expiry = this.handling.expireInTime(answer, this.loop);
		this.answer = answer;
		this.handling.waits(this);
		answer.onDone(() -> this.connection.onLoop(this::answered));
	}

	/**
	 * The answer is there, or is waited for no longer: go on with what has come
	 * meanwhile.
	 */
	private void answered() {
		PendingAnswer done = this.answer;
		if (done == null || !done.isDone()) {
			return;
		}
		if (this.expiry != null) {
			this.expiry.cancel(false);
		}
		this.answer = null;
		this.handling.answered(done);
		runWaiting();
		if (this.answer != null) {
			return;
		}
		if (this.ending != null) {
			this.connection.close(this.ending);
		}
		if (this.socketClosed) {
			stop();
		}
		this.handling.waitsNoLonger(this);
		goOnReading();
	}

	@Override
	public @Nullable String unfinished() {
		return this.handling.isWaiting(this) ? "waits for an answer" : null;
	}

	@Override
	public void giveUpWaiting() {
		this.connection.onLoop(() -> {
			if (this.answer != null) {
				this.answer.expire(HandlerInvoker.STOPPED);
			}
		});
	}

	@Override
	public void socketClosed() {
		if (this.answer != null) {
			this.socketClosed = true;
			return;
		}
		stop();
	}

	/** A router or hook blocks its event loop. */
	@Override
	public void abandon() {
		closeCalls();
		stopHooks();
	}

	private void stop() {
		closeCalls();
		runRest();
		runHooks(this::stopHooks);
	}

	@Override
	public void congested() {
		noteWritability(false);
	}

	@Override
	public void relieved() {
		noteWritability(true);
		goOnReading();
	}

	/**
	 * Tell the listeners in a turn of its own, when nothing else is inside the lane.
	 */
	private void noteWritability(boolean relief) {
		if (note(relief)) {
			this.connection.onLoop(() -> runOnLane(this::tellNews));
		}
	}

	private void goOnReading() {
		if (this.waiting) {
			this.waiting = false;
			this.reader.resume();
		}
	}

	private void runHooks(Runnable hooks) {
		if (this.handling.hooks().isEmpty()) {
			hooks.run();
			return;
		}
		runOnLane(hooks);
	}

	private void runOnLane(Runnable task) {
		this.handling.clearInterrupt();
		this.connection.enterLane();
		try {
			task.run();
		}
		finally {
			this.connection.leaveLane();
		}
		this.connection.flush();
	}

}
