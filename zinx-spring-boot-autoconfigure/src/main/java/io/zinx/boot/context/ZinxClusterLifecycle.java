package io.zinx.boot.context;

import java.time.Duration;

import io.zinx.cluster.ClusterMember;

import org.springframework.context.SmartLifecycle;

/**
 * Makes the server a node of its cluster before it starts, and no longer one after it has
 * stopped: the last handler can still send to other nodes.
 */
public final class ZinxClusterLifecycle implements SmartLifecycle {

	/** The default phase, before that of {@link ZinxServerLifecycle}. */
	public static final int PHASE = ZinxServerLifecycle.PHASE - 1024;

	/** The longest time to say goodbye and to write what waits. */
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private final ClusterMember member;

	private final ClusterEvents events;

	private final int phase;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param member the node to start and stop
	 * @param events tells the application about the cluster
	 * @param serverPhase the phase of the server's lifecycle, before which this one
	 * starts; more than {@link Integer#MIN_VALUE}
	 */
	public ZinxClusterLifecycle(ClusterMember member, ClusterEvents events, int serverPhase) {
		this.phase = Math.min(PHASE, serverPhase - 1);
		this.member = member;
		this.events = events;
	}

	@Override
	public void start() {
		this.events.begin(this.member);
		this.member.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.member.stop(STOP_TIMEOUT);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	/**
	 * Return {@code false}, because the server is not paused either.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

}
