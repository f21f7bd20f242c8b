package io.zinx.boot.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterMetrics;
import io.zinx.cluster.FrameDropReason;
import io.zinx.cluster.PushState;

/**
 * Registers the meters of a node of a cluster, those of {@link ZinxMeters} whose names
 * begin with {@code zinx.cluster}. They read what the node counts anyhow.
 */
public final class ClusterMeterBinder implements MeterBinder {

	private final ClusterMember member;

	private final Tags tags;

	/**
	 * Create a binder.
	 * @param member whose meters to register
	 * @param serverName the name of its server
	 */
	public ClusterMeterBinder(ClusterMember member, String serverName) {
		this.member = member;
		this.tags = Tags.of(ZinxMeters.Tags.SERVER.asString(), serverName);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (PushState state : PushState.values()) {
			counter(registry, ZinxMeters.CLUSTER_PUSHES, (metrics) -> metrics.pushes(state),
					this.tags.and(ZinxMeters.Tags.STATE.asString(), state.tag()));
		}
		counter(registry, ZinxMeters.CLUSTER_FRAMES_LOST, ClusterMetrics::framesLost, this.tags);
		for (FrameDropReason reason : FrameDropReason.values()) {
			counter(registry, ZinxMeters.CLUSTER_FRAMES_DROPPED, (metrics) -> metrics.framesDropped(reason),
					this.tags.and(ZinxMeters.Tags.REASON.asString(), reason.tag()));
		}
		TimeGauge
			.builder(ZinxMeters.CLUSTER_LAG.getName(), this.member, TimeUnit.NANOSECONDS, ClusterMeterBinder::lagNanos)
			.description(ZinxMeters.CLUSTER_LAG.description())
			.tags(this.tags)
			.register(registry);
		gauge(registry, ZinxMeters.CLUSTER_NODES, (member) -> member.nodes().size());
		gauge(registry, ZinxMeters.CLUSTER_SUBSCRIPTIONS, (member) -> member.status().subscriptions());
		gauge(registry, ZinxMeters.CLUSTER_CONNECTED, (member) -> member.status().connected() ? 1 : 0);
	}

	private static double lagNanos(ClusterMember member) {
		Duration lag = member.status().lag();
		return (lag != null) ? lag.toNanos() : Double.NaN;
	}

	private void gauge(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ClusterMember> value) {
		Gauge.builder(meter.getName(), this.member, value)
			.description(meter.description())
			.tags(this.tags)
			.register(registry);
	}

	private void counter(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ClusterMetrics> value, Tags tags) {
		FunctionCounter.builder(meter.getName(), this.member.metrics(), value)
			.description(meter.description())
			.tags(tags)
			.register(registry);
	}

}
