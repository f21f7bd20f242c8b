package io.zinx.lane;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.routing.PendingAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a {@link ScheduledLane} waits for. For whoever may touch the lane.
 */
final class PendingAnswerSlot {

	private final HandlerInvoker handling;

	private @Nullable PendingAnswer answer;

	/** The answer whose end was asked for. */
	private @Nullable PendingAnswer followed;

	PendingAnswerSlot(HandlerInvoker handling) {
		this.handling = handling;
	}

	void await(PendingAnswer answer) {
		this.answer = answer;
	}

	boolean isThere() {
		return this.answer != null;
	}

	/**
	 * Take the answer if it is done.
	 * @return whether there is none to wait for any more
	 */
	boolean take() {
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
	 * Ask for the end of the answer, once, and limit its time. Event loop only.
	 * @param loop the event loop
	 * @param done what to do on the event loop when there is nothing to wait for any more
	 */
	void follow(EventLoop loop, Runnable done) {
		PendingAnswer awaited = this.answer;
		if (awaited == null) {
			return;
		}
		if (this.followed == awaited) {
			if (awaited.isDone()) {
				done.run();
			}
			return;
		}
		this.followed = awaited;
		Future<?> expiry = this.handling.expireInTime(awaited, loop);
		awaited.onDone(() -> EventLoopTasks.execute(loop, () -> {
			expiry.cancel(false);
			if (!this.handling.isStopped()) {
				done.run();
			}
		}));
	}

	/**
	 * The server has stopped: wait no longer. When nobody is inside the lane any more.
	 */
	static void giveUp(@Nullable PendingAnswerSlot awaited) {
		if (awaited != null && awaited.answer != null) {
			awaited.answer.expire(HandlerInvoker.STOPPED);
		}
	}

}
