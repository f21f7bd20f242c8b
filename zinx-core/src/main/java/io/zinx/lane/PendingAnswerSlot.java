package io.zinx.lane;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.routing.PendingAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a {@link ScheduledLane} waits for. For the owner of the lane, as
 * {@link LaneState} says.
 */
final class PendingAnswerSlot {

	private final HandlerInvoker handling;

	private @Nullable PendingAnswer answer;

	/** The answer for whose end a callback was registered. */
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
	 * @return whether the wait is over
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
	 * Register for the end of the answer, once, and limit its time. Event loop only.
	 * @param loop the event loop
	 * @param done run on the event loop when the wait is over
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
	 * The server has stopped: end the wait. When no thread is inside the lane any more.
	 */
	static void giveUp(@Nullable PendingAnswerSlot slot) {
		PendingAnswer awaited = (slot != null) ? slot.answer : null;
		if (slot != null && awaited != null) {
			slot.answer = null;
			awaited.expire(HandlerInvoker.STOPPED);
			slot.handling.unanswered();
		}
	}

}
