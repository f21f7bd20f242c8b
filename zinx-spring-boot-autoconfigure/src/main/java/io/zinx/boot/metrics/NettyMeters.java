package io.zinx.boot.metrics;

import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;
import org.jspecify.annotations.Nullable;

/**
 * Netty's meters by Micrometer's own binders: those of the event loops of the server,
 * which are others after each start, and those of the allocator. The allocator has no tag
 * for the server, because all servers of a JVM share it.
 */
final class NettyMeters implements MeterBinder {

	/** The name that Micrometer's binder gives it. */
	private static final String PENDING = "netty.eventexecutor.tasks.pending";

	private final ZinxServer server;

	private @Nullable EventLoopGroup bound;

	private List<Meter> ofEventLoops = List.of();

	NettyMeters(ZinxServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
			new NettyAllocatorMetrics(allocator).bindTo(registry);
		}
		changed(registry, this.server.phase());
		this.server.onPhase((phase) -> changed(registry, phase));
	}

	private synchronized void changed(MeterRegistry registry, ServerPhase phase) {
		EventLoopGroup group = this.server.eventLoops();
		if (phase == ServerPhase.RUNNING && group != null && group != this.bound) {
			this.bound = group;
			List<Meter> before = metersOfEventLoops(registry);
			new NettyEventExecutorMetrics(group, ZinxMeterBinder.tags(this.server)).bindTo(registry);
			bindMovable(group, registry);
			this.ofEventLoops = metersOfEventLoops(registry);
			this.ofEventLoops.removeAll(before);
		}
		else if (phase == ServerPhase.STOPPED) {
			this.ofEventLoops.forEach(registry::remove);
			this.ofEventLoops = List.of();
			this.bound = null;
		}
	}

	/**
	 * Micrometer's binder knows only event loops that have a thread for good. The others
	 * are told apart by their number.
	 */
	private void bindMovable(EventLoopGroup group, MeterRegistry registry) {
		int number = 0;
		for (EventExecutor loop : group) {
			number++;
			if (!(loop instanceof SingleThreadEventExecutor)) {
				Gauge.builder(PENDING, loop, EventLoopTasks::waiting)
					.tags(ZinxMeterBinder.tags(this.server))
					.tag("name", this.server.config().name() + "-loop-" + number)
					.register(registry);
			}
		}
	}

	/**
	 * By name, as other threads may register others meanwhile.
	 */
	private static List<Meter> metersOfEventLoops(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("netty.eventexecutor."))
			.collect(Collectors.toList());
	}

}
