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
 * The asynchronous answer to one request, see {@link Request#answerLater}, for which the
 * lane of its connection waits. It is done when the stage completes or {@link #expire} is
 * called, whichever comes first. Any thread.
 */
public final class PendingAnswer {

	private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

	private final Routes routes;

	private final String thrower;

	private final Request request;

	private final Outcome success;

	private long handlerNanos;

	/**
	 * Create an answer.
	 * @param routes log its failure
	 * @param thrower the name of the code to blame for it
	 * @param request the message, as it was received
	 * @param success its outcome unless it fails
	 */
	PendingAnswer(Routes routes, String thrower, Request request, Outcome success) {
		this.routes = routes;
		this.success = success;
		this.thrower = thrower;
		this.request = request;
	}

	/**
	 * Wait for an answer, unless it is complete. An exception of the stage itself counts
	 * as its failure.
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
	 * The number of the message.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return this.request.msgId();
	}

	/**
	 * The connection of the message.
	 * @return the connection
	 */
	public Connection connection() {
		return this.request.connection();
	}

	/**
	 * Record the time of the handler, before the wait for the answer.
	 * @param nanos nanoseconds
	 */
	public void handledIn(long nanos) {
		this.handlerNanos = nanos;
	}

	/**
	 * The time of the handler. On the lane.
	 * @return nanoseconds; 0 if it was not measured
	 */
	public long handlerNanos() {
		return this.handlerNanos;
	}

	/**
	 * Return whether the wait is over.
	 * @return {@code true} once the answer has completed, failed or expired
	 */
	public boolean isDone() {
		return this.done.isDone();
	}

	/**
	 * Run a task when the wait is over.
	 * @param task run by the thread that completes the answer; at once if it is done
	 */
	public void onDone(Runnable task) {
		this.done.whenComplete((value, ex) -> task.run());
	}

	/**
	 * Call a listener when the wait is over.
	 * @param listener called by the thread that completes the answer, at once if it is
	 * done; with the exception if it has failed, otherwise with {@code null}
	 */
	void whenDone(Consumer<@Nullable Throwable> listener) {
		this.done.whenComplete((value, ex) -> listener.accept(ex));
	}

	/**
	 * End the wait: the answer counts as failed, unless it is done.
	 * @param why the reason, for the log
	 */
	public void expire(String why) {
		this.done.completeExceptionally(new TimeoutException(why));
	}

	/**
	 * The outcome; a failure is logged. To be called once, when it is done, on the lane.
	 * @return {@link Outcome#HANDLED}, {@link Outcome#RECOVERED} or
	 * {@link Outcome#FAILED}; {@link Outcome#UNKNOWN} if only an interceptor has
	 * answered, as there is no router
	 */
	public Outcome outcome() {
		try {
			this.done.join();
			boolean recovered = this.success == Outcome.HANDLED && this.request.handledFailure() != null;
			return recovered ? Outcome.RECOVERED : this.success;
		}
		catch (Throwable ex) {
			Throwable cause = ex.getCause();
			this.routes.logFailure(this.thrower, msgId(), connection(), (cause != null) ? cause : ex);
			return Outcome.FAILED;
		}
	}

	/**
	 * The code that waits for asynchronous answers: the lane.
	 */
	@FunctionalInterface
	public interface Waiting {

		/**
		 * A message was handled except for its answer: handle no other message before
		 * that is done, then call {@link PendingAnswer#outcome()}.
		 * @param answer the answer
		 */
		void await(PendingAnswer answer);

	}

}
