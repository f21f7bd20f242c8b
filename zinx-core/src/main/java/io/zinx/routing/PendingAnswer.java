package io.zinx.routing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.zinx.connection.Connection;
import io.zinx.routing.Routes.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request that {@link Request#answerLater comes later}: what the lane
 * of its connection waits for. What happens first counts: the stage completes, or
 * {@link #expire} is called. Any thread.
 */
public final class PendingAnswer {

	private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

	private final Routes routes;

	private final String thrower;

	private final long msgId;

	private final Connection connection;

	private long handlerNanos;

	PendingAnswer(Routes routes, String thrower, long msgId, Connection connection) {
		this.routes = routes;
		this.thrower = thrower;
		this.msgId = msgId;
		this.connection = connection;
	}

	/**
	 * Wait for an answer, unless it is there. Whatever a stage throws when it is asked is
	 * its failure.
	 */
	Outcome await(CompletionStage<?> stage, Waiting waiting) {
		follow(stage);
		if (isDone()) {
			return outcome();
		}
		waiting.await(this);
		return Outcome.WAITING;
	}

	private void follow(CompletionStage<?> stage) {
		try {
			stage.whenComplete((value, ex) -> complete(ex));
		}
		catch (Throwable ex) {
			complete(ex);
		}
	}

	private void complete(@Nullable Throwable ex) {
		if (ex == null) {
			this.done.complete(null);
			return;
		}
		Throwable cause = ex.getCause();
		this.done.completeExceptionally((ex instanceof CompletionException && cause != null) ? cause : ex);
	}

	/**
	 * The number of the message that is answered.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * Who is answered.
	 * @return the connection
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * Note how long the handler took, before the answer is waited for.
	 * @param nanos nanoseconds
	 */
	public void handledIn(long nanos) {
		this.handlerNanos = nanos;
	}

	/**
	 * How long the handler took. On the lane.
	 * @return nanoseconds; 0 if that was not measured
	 */
	public long handlerNanos() {
		return this.handlerNanos;
	}

	/**
	 * Whether there is nothing to wait for any more.
	 * @return whether it came, failed or expired
	 */
	public boolean isDone() {
		return this.done.isDone();
	}

	/**
	 * Say what to do when there is nothing to wait for any more.
	 * @param task run by the thread that completes it; at once if it is done
	 */
	public void onDone(Runnable task) {
		this.done.whenComplete((value, ex) -> task.run());
	}

	/**
	 * Say who is told what came of it.
	 * @param listener called by the thread that completes it, at once if it is done; told
	 * why it has failed, or {@code null}
	 */
	void whenDone(Consumer<@Nullable Throwable> listener) {
		this.done.whenComplete((value, ex) -> listener.accept(ex));
	}

	/**
	 * Wait no longer: it counts as failed, unless it is done.
	 * @param why why, for the log
	 */
	public void expire(String why) {
		this.done.completeExceptionally(new TimeoutException(why));
	}

	/**
	 * What came of it; a failure is logged. Once, when it is done, on the lane.
	 * @return {@link Outcome#HANDLED} or {@link Outcome#FAILED}
	 */
	public Outcome outcome() {
		try {
			this.done.join();
			return Outcome.HANDLED;
		}
		catch (Throwable ex) {
			Throwable cause = ex.getCause();
			this.routes.logFailure(this.thrower, this.msgId, this.connection, (cause != null) ? cause : ex);
			return Outcome.FAILED;
		}
	}

	/**
	 * Waits for an answer that comes later.
	 */
	@FunctionalInterface
	public interface Waiting {

		/**
		 * The message was handled, but for its answer: handle no other before that is
		 * done, then ask for its {@link PendingAnswer#outcome()}.
		 * @param answer the answer
		 */
		void await(PendingAnswer answer);

	}

}
