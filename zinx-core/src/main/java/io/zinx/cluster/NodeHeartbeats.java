package io.zinx.cluster;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import io.zinx.diagnostics.Clocks;
import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeats that a node sends to the backplane and hears itself, which shows that
 * its subscriptions live. All on the scheduler's thread.
 */
final class NodeHeartbeats {

	private static final Logger logger = LoggerFactory.getLogger(ZinxCluster.class);

	/** The heartbeats after which the connection is given up if none was heard. */
	private static final int MOST_UNHEARD = 3;

	/** The time in which several newcomers are answered with one heartbeat. */
	private static final long ANSWER_MILLIS = 10;

	private final Backplane backplane;

	private final String topic;

	private final ClusterFrameWriter frames;

	private final IntSupplier connections;

	private final ScheduledExecutorService scheduler;

	private final Duration interval;

	private final LongSupplier nanoTime = Clocks.SYSTEM.nanoTime();

	private final long incarnation = ThreadLocalRandom.current().nextLong();

	private int unheard;

	private boolean answering;

	private boolean stopped;

	/** The time that the last one took, in nanoseconds, or -1. Any thread reads. */
	private volatile long lagNanos = -1;

	NodeHeartbeats(Backplane backplane, String topic, ClusterFrameWriter frames, IntSupplier connections,
			ScheduledExecutorService scheduler, Duration interval) {
		this.backplane = backplane;
		this.topic = topic;
		this.frames = frames;
		this.connections = connections;
		this.scheduler = scheduler;
		this.interval = interval;
	}

	void start() {
		long nanos = this.interval.toNanos();
		this.scheduler.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
	}

	private void beat() {
		try {
			checkAndSend();
		}
		catch (RuntimeException ex) {
			LogThrottle.logSafely(() -> logger.error("The heartbeat of the cluster failed", ex));
		}
	}

	private void checkAndSend() {
		if (!this.backplane.isConnected()) {
			this.unheard = 0;
			return;
		}
		if (this.unheard >= MOST_UNHEARD) {
			logger.warn("This node does not hear its own heartbeats: it gives up the connection to the backplane "
					+ "and makes a new one");
			this.unheard = 0;
			this.backplane.reconnect();
			return;
		}
		this.unheard++;
		send();
	}

	/**
	 * Begin anew: heartbeats of a new connection arrive from now on. The answers of other
	 * nodes to this one do, too.
	 */
	void subscribed() {
		this.unheard = 0;
		send();
	}

	/**
	 * Let a node that was not known here know this one.
	 */
	void answer() {
		if (!this.answering) {
			this.answering = true;
			this.scheduler.schedule(() -> {
				this.answering = false;
				send();
			}, ANSWER_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void send() {
		if (this.stopped || !this.backplane.isConnected()) {
			return;
		}
		try {
			this.backplane.publish(this.topic, this.frames.toNodes(FrameKind.HEARTBEAT, body().encode()));
			this.backplane.flush();
		}
		catch (RuntimeException ex) {
			LogThrottle.logSafely(() -> logger.debug("A heartbeat could not be sent", ex));
		}
	}

	private HeartbeatBody body() {
		return new HeartbeatBody(this.incarnation, this.connections.getAsInt(), (int) this.interval.toMillis(),
				this.nanoTime.getAsLong());
	}

	/**
	 * A heartbeat with the name of this node has arrived.
	 * @param heard the heartbeat
	 * @return whether this node has sent it
	 */
	boolean isOwn(HeartbeatBody heard) {
		if (heard.incarnation() != this.incarnation) {
			return false;
		}
		this.unheard = 0;
		this.lagNanos = Math.max(0, this.nanoTime.getAsLong() - heard.nanoTime());
		return true;
	}

	/**
	 * Send no more heartbeats.
	 * @return the frame that says goodbye
	 */
	byte[] stop() {
		this.stopped = true;
		return this.frames.toNodes(FrameKind.GOODBYE, body().encode());
	}

	@Nullable Duration lag() {
		long nanos = this.lagNanos;
		return (nanos >= 0) ? Duration.ofNanos(nanos) : null;
	}

}
