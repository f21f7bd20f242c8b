package io.zinx.cluster;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A message that the backplane has and has not answered: the frames of one or more
 * pushes. Any thread.
 */
final class Published {

	private final List<Push> pushes;

	private final BiConsumer<Published, List<Push>> ended;

	private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

	/**
	 * Begin to wait.
	 * @param pushes what was published
	 * @param ended called once, before the pushes are told
	 */
	Published(List<Push> pushes, BiConsumer<Published, List<Push>> ended) {
		this.pushes = pushes;
		this.ended = ended;
	}

	/**
	 * The backplane has answered.
	 * @param nodes the number of other nodes that were reached
	 * @param failure the failure, or {@code null}
	 */
	void answered(int nodes, @Nullable Throwable failure) {
		boolean refused = failure != null && cause(failure) instanceof ClusterUnavailableException;
		if (!this.state.compareAndSet(State.WAITING, refused ? State.REFUSED : State.ENDED)) {
			return;
		}
		this.ended.accept(this, this.pushes);
		for (Push push : this.pushes) {
			if (failure == null) {
				push.reached(nodes);
			}
			else if (refused) {
				push.notSent();
			}
			else {
				push.unknown();
			}
		}
	}

	private static Throwable cause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

	/**
	 * Wait no longer, because the connection is gone.
	 */
	void forget() {
		if (this.state.compareAndSet(State.WAITING, State.ENDED)) {
			this.ended.accept(this, this.pushes);
			this.pushes.forEach(Push::unknown);
		}
	}

	boolean isRefused() {
		return this.state.get() == State.REFUSED;
	}

	/**
	 * The state of a message: {@code WAITING} until the backplane has answered, or its
	 * connection is gone.
	 */
	private enum State {

		/** There is no answer yet. */
		WAITING,

		/** Surely nobody got it. */
		REFUSED,

		/** Answered, failed or forgotten. */
		ENDED

	}

}
