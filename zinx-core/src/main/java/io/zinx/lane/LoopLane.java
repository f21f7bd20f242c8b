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
 * A lane on the event loop of its connection: handles frames as they are decoded.
 */
final class LoopLane extends AbstractLane implements WaitingLane, PendingAnswer.Waiting {

	private final EventLoop loop;

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	/** True while the reading side waits for {@link Reader#resume()}. */
	private boolean waiting;

	/** The awaited answer, and its time limit. */
	private @Nullable PendingAnswer answer;

	private @Nullable Future<?> expiry;

	/** The reason of an end that came while an answer was awaited. */
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
	 * The answer is done: continue with what arrived meanwhile.
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

	/** A router or listener blocks the event loop. */
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
	 * Notify the listeners in a task of its own, when nothing else is inside the lane.
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
