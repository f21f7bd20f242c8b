package io.zinx.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.zinx.connection.BroadcastResult;
import org.jspecify.annotations.Nullable;

/**
 * A frame on its way to other nodes, and who wants to know what became of it. Any thread.
 */
final class Push implements Deadlines.Waiting {

	private static final long OVERHEAD = 64;

	private final String topic;

	private final byte[] frame;

	private final BroadcastResult local;

	private final @Nullable CompletableFuture<PushResult> result;

	private final ClusterMetrics metrics;

	private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

	Push(String topic, byte[] frame, BroadcastResult local, @Nullable CompletableFuture<PushResult> result,
			ClusterMetrics metrics) {
		this.topic = topic;
		this.frame = frame;
		this.local = local;
		this.result = result;
		this.metrics = metrics;
	}

	/**
	 * The bytes that a frame takes of the bound while it is on its way.
	 * @param frameLength the length of the frame
	 */
	static long cost(long frameLength) {
		return frameLength + OVERHEAD;
	}

	long cost() {
		return cost(this.frame.length);
	}

	String topic() {
		return this.topic;
	}

	BroadcastResult local() {
		return this.local;
	}

	byte[] frame() {
		return this.frame;
	}

	/**
	 * Say that the backplane is given the frame now.
	 * @return {@code false} if it is too late
	 */
	boolean publish() {
		return this.state.compareAndSet(State.QUEUED, State.PUBLISHED);
	}

	/**
	 * The backplane has answered.
	 * @param nodes the number of other nodes that were reached
	 */
	void reached(int nodes) {
		end(nodes, (nodes > 0 || this.local.reached() > 0) ? PushState.SENT : PushState.NO_RECEIVER);
	}

	/**
	 * No other node got it.
	 */
	void notSent() {
		end(0, PushState.UNAVAILABLE);
	}

	/**
	 * Others may have got it or not.
	 */
	void unknown() {
		end(0, PushState.UNKNOWN);
	}

	@Override
	public void expired() {
		if (this.state.get() == State.QUEUED && this.state.compareAndSet(State.QUEUED, State.ENDED)) {
			tell(0, PushState.UNAVAILABLE);
			return;
		}
		unknown();
	}

	private void end(int nodes, PushState known) {
		if (this.state.getAndSet(State.ENDED) != State.ENDED) {
			tell(nodes, known);
		}
	}

	private void tell(int nodes, PushState known) {
		this.metrics.countPush(known);
		if (this.result != null) {
			this.result.complete(new PushResult(this.local, nodes, known));
		}
	}

	/**
	 * The state of a push.
	 *
	 * <pre>
	 * QUEUED -- publish --> PUBLISHED -- answer, failure, timeout --> ENDED
	 *    |                                                              ^
	 *    +-- disconnected, timeout, stop -------------------------------+
	 * </pre>
	 */
	private enum State {

		/** It waits to be published. */
		QUEUED,

		/** The backplane has it. */
		PUBLISHED,

		/** Its result is known and told. */
		ENDED

	}

}
