package io.zinx.cluster;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of a node in a cluster, from its creation on; they go on after a restart.
 * Any thread.
 */
public final class ClusterMetrics {

	private final Map<PushState, LongAdder> pushes = adders(PushState.class);

	private final Map<FrameDropReason, LongAdder> dropped = adders(FrameDropReason.class);

	private final LongAdder received = new LongAdder();

	private final LongAdder lost = new LongAdder();

	ClusterMetrics() {
	}

	private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
		Map<E, LongAdder> adders = new EnumMap<>(type);
		for (E key : type.getEnumConstants()) {
			adders.put(key, new LongAdder());
		}
		return Collections.unmodifiableMap(adders);
	}

	private static <E> LongAdder of(Map<E, LongAdder> adders, E key) {
		return Objects.requireNonNull(adders.get(key));
	}

	/**
	 * The number of messages and kicks that this node has sent to the cluster.
	 * @param state what was known about them in the end
	 * @return 0 or more
	 */
	public long pushes(PushState state) {
		return of(this.pushes, state).sum();
	}

	/**
	 * The number of messages and kicks received from other nodes, heartbeats not counted.
	 * @return 0 or more
	 */
	public long framesReceived() {
		return this.received.sum();
	}

	/**
	 * The number of messages and kicks of other nodes that did not arrive, as far as the
	 * next one of the same node to the same target has shown it.
	 * @return 0 or more
	 */
	public long framesLost() {
		return this.lost.sum();
	}

	/**
	 * The number of frames that arrived and were dropped.
	 * @param reason the reason
	 * @return 0 or more
	 */
	public long framesDropped(FrameDropReason reason) {
		return of(this.dropped, reason).sum();
	}

	void countPush(PushState state) {
		of(this.pushes, state).increment();
	}

	void countReceived() {
		this.received.increment();
	}

	void countLost(long count) {
		this.lost.add(count);
	}

	void countDropped(FrameDropReason reason, long count) {
		of(this.dropped, reason).add(count);
	}

}
