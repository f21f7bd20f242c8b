package io.zinx.boot.propagation;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.zinx.boot.handler.ContextCarrier;
import io.zinx.routing.Request;

/**
 * Carries the thread locals that Micrometer's context propagation knows: those of the
 * current observation, of a security context, or whatever the application has registered.
 * Any thread.
 */
public final class SnapshotCarrier implements ContextCarrier {

	private final ContextSnapshotFactory snapshots;

	/**
	 * Create a carrier.
	 * @param snapshots takes the snapshots
	 */
	public SnapshotCarrier(ContextSnapshotFactory snapshots) {
		this.snapshots = snapshots;
	}

	@Override
	public Carried capture(Request request) {
		ContextSnapshot snapshot = this.snapshots.captureAll();
		return () -> snapshot.setThreadLocals()::close;
	}

}
