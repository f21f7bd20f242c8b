package io.zinx.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import io.zinx.diagnostics.Clocks;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the backplane for the subscribers of topics. Bounded in number, and each
 * has an answer in time. Any thread.
 */
final class Questions {

	/** The most questions that wait for an answer. */
	static final int MOST_WAITING = 10_000;

	private final Backplane backplane;

	private final Predicate<String> ownTopic;

	private final Deadlines deadlines;

	private final Semaphore places = new Semaphore(MOST_WAITING);

	private volatile boolean closed;

	/**
	 * Create it.
	 * @param backplane who is asked
	 * @param ownTopic tells whether this node may be one of the subscribers of a topic
	 * @param scheduler runs the timer
	 * @param settings the timeout
	 */
	Questions(Backplane backplane, Predicate<String> ownTopic, ScheduledExecutorService scheduler,
			ClusterSettings settings) {
		this.backplane = backplane;
		this.ownTopic = ownTopic;
		this.deadlines = new Deadlines(scheduler, Clocks.SYSTEM.nanoTime(), settings.publishTimeout());
	}

	/**
	 * Ask whether other nodes have subscribed to a topic.
	 * @param topic the topic
	 * @return the answer; fails with {@link ClusterUnavailableException}
	 */
	CompletionStage<Boolean> hasOthers(String topic) {
		if (!this.backplane.isConnected()) {
			return failed("The backplane of the cluster is away");
		}
		if (!this.places.tryAcquire()) {
			return failed(MOST_WAITING + " questions wait for the backplane of the cluster");
		}
		Question question = new Question();
		this.deadlines.add(question);
		boolean ownBefore = this.ownTopic.test(topic);
		ask(topic).whenComplete((subscribers, failure) -> {
			boolean own = ownBefore || this.ownTopic.test(topic);
			long others = (failure == null) ? subscribers - (own ? 1 : 0) : 0;
			question.answered(others > 0, failure);
		});
		if (this.closed) {
			question.expired();
		}
		return question.answer;
	}

	private static CompletionStage<Boolean> failed(String reason) {
		return CompletableFuture.failedStage(new ClusterUnavailableException(reason, null));
	}

	private CompletionStage<Long> ask(String topic) {
		try {
			CompletionStage<Long> answer = this.backplane.subscribers(topic);
			this.backplane.flush();
			return answer;
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedStage(ex);
		}
	}

	/**
	 * Answer nothing more: all that wait have failed.
	 */
	void close() {
		this.closed = true;
		this.deadlines.expireAll();
	}

	/**
	 * A question that waits for its answer.
	 */
	private final class Question implements Deadlines.Waiting {

		private final CompletableFuture<Boolean> answer = new CompletableFuture<>();

		private final AtomicBoolean ended = new AtomicBoolean();

		void answered(boolean others, @Nullable Throwable failure) {
			if (!end()) {
				return;
			}
			if (failure == null) {
				this.answer.complete(others);
			}
			else {
				this.answer.completeExceptionally(
						new ClusterUnavailableException("The backplane of the cluster has not answered", failure));
			}
		}

		@Override
		public void expired() {
			if (end()) {
				this.answer.completeExceptionally(
						new ClusterUnavailableException("The backplane of the cluster has not answered in time", null));
			}
		}

		private boolean end() {
			if (!this.ended.compareAndSet(false, true)) {
				return false;
			}
			Questions.this.deadlines.remove(this);
			Questions.this.places.release();
			return true;
		}

	}

}
