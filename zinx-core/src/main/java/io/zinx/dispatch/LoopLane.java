package io.zinx.dispatch;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;

/**
 * Handles everything on the event loop, frame by frame as they are cut out.
 */
final class LoopLane implements Lane {

	private final ChannelConnection connection;

	private final Handling handling;

	private final Reader reader;

	private final Calls calls;

	/** What is to be done on the lane. Any thread puts, the event loop takes. */
	private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

	private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

	private boolean waiting;

	LoopLane(ChannelConnection connection, Handling handling, Reader reader) {
		this.connection = connection;
		this.handling = handling;
		this.reader = reader;
		this.calls = new Calls(connection, handling);
	}

	@Override
	public void start() {
		if (!this.handling.hooks().isEmpty()) {
			runOnLane(() -> this.handling.hooks().onStart(this.connection));
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
		this.connection.enterLane();
		return wanted;
	}

	@Override
	public boolean frame(long msgId, int bodyIndex, int bodyLength) {
		this.handling.handle(this.connection, msgId, this.buffer, bodyIndex, bodyLength);
		return !isHeld();
	}

	private boolean isHeld() {
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
		this.connection.flush();
	}

	@Override
	public void end(CloseReason reason) {
		this.connection.close(reason);
	}

	@Override
	public boolean execute(Runnable task) {
		boolean taken = this.calls.submit(task, this.inbox::add);
		if (taken) {
			this.connection.onLoop(this::runNext);
		}
		return taken;
	}

	/**
	 * One task a turn of the event loop, so that a task that gives another one to its
	 * lane keeps nobody waiting.
	 */
	private void runNext() {
		Runnable next = this.inbox.poll();
		if (next != null) {
			runOnLane(next);
		}
	}

	private void runRest() {
		for (Runnable next = this.inbox.poll(); next != null; next = this.inbox.poll()) {
			runOnLane(next);
		}
		this.calls.end();
	}

	@Override
	public void socketClosed() {
		this.calls.close();
		runRest();
		if (!this.handling.hooks().isEmpty()) {
			runOnLane(() -> this.handling.hooks().onStop(this.connection));
		}
		this.connection.ended();
	}

	@Override
	public void relieved() {
		if (this.waiting) {
			this.waiting = false;
			this.reader.resume();
		}
	}

	private void runOnLane(Runnable task) {
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
