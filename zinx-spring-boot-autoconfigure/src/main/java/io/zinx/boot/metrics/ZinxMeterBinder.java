package io.zinx.boot.metrics;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.zinx.connection.CloseReason;
import io.zinx.connection.RejectReason;
import io.zinx.dispatch.WorkerStatus;
import io.zinx.metrics.AuthenticationOutcome;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.DropReason;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ProxyHeaderResult;
import io.zinx.metrics.QueueWait;
import io.zinx.metrics.ServerMetrics;
import io.zinx.metrics.UpgradeResult;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;

/**
 * Registers the meters of a server, {@link ZinxMeters}. They read what the server counts
 * anyhow, and cost nothing until they are read, except timers where all is measured.
 */
public final class ZinxMeterBinder implements MeterBinder {

	/** The ends of connections whose bytes were no frame. */
	private static final List<CloseReason> DECODE_FAILURES = List.of(CloseReason.FRAME_TOO_LONG,
			CloseReason.CORRUPT_FRAME, CloseReason.BAD_CHECKSUM);

	private final ZinxServer server;

	private final Tags tags;

	/**
	 * Create a binder.
	 * @param server whose meters to register
	 */
	public ZinxMeterBinder(ZinxServer server) {
		this.server = server;
		this.tags = tags(server);
	}

	/**
	 * The tags that all meters of a server have.
	 */
	static Tags tags(ZinxServer server) {
		return Tags.of(ZinxMeters.Tags.SERVER.asString(), server.config().name());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindConnections(registry);
		bindLinks(registry);
		bindMessages(registry);
		bindThreads(registry);
		bindQueueWait(registry);
		new MessageMeters(this.server).bindTo(registry);
		new NettyMeters(this.server).bindTo(registry);
	}

	private void bindThreads(MeterRegistry registry) {
		gauge(registry, ZinxMeters.WORKER_QUEUE_SIZE, ZinxMeterBinder::queued);
		gauge(registry, ZinxMeters.WORKER_SATURATION,
				(server) -> server.workers().stream().mapToDouble(WorkerStatus::saturation).max().orElse(0));
		gauge(registry, ZinxMeters.HANDLERS_SLOW, (server) -> server.runningHandlers().size());
		TimeGauge
			.builder(ZinxMeters.HANDLERS_LONGEST.getName(), this.server, TimeUnit.NANOSECONDS,
					(server) -> server.runningHandlers()
						.stream()
						.mapToLong((handler) -> handler.forAtLeast().toNanos())
						.max()
						.orElse(0))
			.description(ZinxMeters.HANDLERS_LONGEST.description())
			.tags(this.tags)
			.register(registry);
	}

	private void bindQueueWait(MeterRegistry registry) {
		QueueWait measured = this.server.connManager().metrics().queueWait();
		HandlerTiming timing = this.server.config().handlerTiming();
		if (timing == HandlerTiming.ALL) {
			SafeTimer timer = SafeTimer.register(registry, ZinxMeters.QUEUE_WAIT, this.tags);
			measured.onMeasured((nanos) -> timer.record(nanos, TimeUnit.NANOSECONDS));
		}
		else if (timing == HandlerTiming.SAMPLED) {
			FunctionTimer
				.builder(ZinxMeters.QUEUE_WAIT.getName(), measured, QueueWait::measured, QueueWait::millis,
						TimeUnit.MILLISECONDS)
				.description(ZinxMeters.QUEUE_WAIT.description())
				.tags(this.tags)
				.register(registry);
		}
	}

	private void bindConnections(MeterRegistry registry) {
		gauge(registry, ZinxMeters.CONNECTIONS_MAX, (server) -> server.connManager().maxConn());
		gauge(registry, ZinxMeters.CONNECTIONS_WAITING, (server) -> server.connManager().waiting());
		gauge(registry, ZinxMeters.HANDSHAKES_PENDING, ZinxServer::pendingHandshakes);
		gauge(registry, ZinxMeters.CONNECTIONS_PAUSED, ZinxMeterBinder::paused);
		gauge(registry, ZinxMeters.OUTBOUND_QUEUED, ZinxServer::bytesQueued);
		gauge(registry, ZinxMeters.OUTBOUND_MAX, (server) -> server.config().outbound().totalMaxBytes());
		gauge(registry, ZinxMeters.INBOUND_HELD, (server) -> server.inbound().bytes());
		gauge(registry, ZinxMeters.INBOUND_INCOMPLETE, (server) -> server.inbound().incomplete());
		gauge(registry, ZinxMeters.INBOUND_MAX, (server) -> server.config().inbound().totalMaxBytes());
		gauge(registry, ZinxMeters.INBOUND_PAUSED, (server) -> server.inbound().paused());
		gauge(registry, ZinxMeters.DRAINING, (server) -> (server.phase() == ServerPhase.DRAINING) ? 1 : 0);
		SafeTimer lifetime = SafeTimer.register(registry, ZinxMeters.CONNECTIONS_LIFETIME, this.tags);
		this.server.connManager().metrics().onLifetime((millis) -> lifetime.record(millis, TimeUnit.MILLISECONDS));
		for (RejectReason reason : RejectReason.values()) {
			counter(registry, ZinxMeters.CONNECTIONS_REJECTED, (metrics) -> metrics.rejected(reason.tag()),
					ZinxMeters.Tags.REASON, reason.tag());
		}
		for (CloseReason reason : CloseReason.values()) {
			counter(registry, ZinxMeters.CONNECTIONS_CLOSED, (metrics) -> metrics.closed(reason.tag()),
					ZinxMeters.Tags.REASON, reason.tag());
		}
	}

	private void bindLinks(MeterRegistry registry) {
		for (ConnectionTransport transport : ConnectionTransport.values()) {
			gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE,
					(server) -> server.connManager().metrics().links().open(transport),
					this.tags.and(ZinxMeters.Tags.TRANSPORT.asString(), transport.tag()));
			counter(registry, ZinxMeters.CONNECTIONS_ACCEPTED, (metrics) -> metrics.links().accepted(transport),
					ZinxMeters.Tags.TRANSPORT, transport.tag());
		}
		for (HandshakeResult result : HandshakeResult.values()) {
			counter(registry, ZinxMeters.HANDSHAKES, (metrics) -> metrics.links().handshakes(result),
					ZinxMeters.Tags.RESULT, result.tag());
		}
		for (ProxyHeaderResult result : ProxyHeaderResult.values()) {
			counter(registry, ZinxMeters.PROXY_HEADERS, (metrics) -> metrics.links().proxyHeaders(result),
					ZinxMeters.Tags.RESULT, result.tag());
		}
		for (UpgradeResult result : UpgradeResult.values()) {
			counter(registry, ZinxMeters.WEBSOCKET_UPGRADES, (metrics) -> metrics.links().upgrades(result),
					ZinxMeters.Tags.RESULT, result.tag());
		}
		for (AuthenticationOutcome outcome : AuthenticationOutcome.values()) {
			counter(registry, ZinxMeters.AUTHENTICATIONS, (metrics) -> metrics.links().authentications(outcome),
					ZinxMeters.Tags.RESULT, outcome.tag());
		}
	}

	private void bindMessages(MeterRegistry registry) {
		for (DropReason reason : DropReason.values()) {
			counter(registry, ZinxMeters.MESSAGES_DROPPED, (metrics) -> metrics.dropped(reason), ZinxMeters.Tags.REASON,
					reason.tag());
		}
		counter(registry, ZinxMeters.DATA_SKIPPED, ServerMetrics::bytesSkipped);
		counter(registry, ZinxMeters.HANDLER_FAILURES, ServerMetrics::handlerFailures);
		counter(registry, ZinxMeters.HEARTBEATS_SENT, ServerMetrics::heartbeatsSent);
		counter(registry, ZinxMeters.HEARTBEATS_MISSED, ServerMetrics::heartbeatsMissed);
		for (CloseReason reason : DECODE_FAILURES) {
			counter(registry, ZinxMeters.DECODE_FAILURES, (metrics) -> metrics.closed(reason.tag()),
					ZinxMeters.Tags.REASON, reason.tag());
		}
	}

	private static double paused(ZinxServer server) {
		long[] paused = new long[1];
		server.connManager().forEach((connection) -> {
			if (connection.isOpen() && !connection.isWritable()) {
				paused[0]++;
			}
		});
		return paused[0];
	}

	private static double queued(ZinxServer server) {
		return server.workerQueueSizes().stream().mapToInt(Integer::intValue).sum();
	}

	private void gauge(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ZinxServer> value) {
		gauge(registry, meter, value, this.tags);
	}

	private void gauge(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ZinxServer> value, Tags tags) {
		Gauge.builder(meter.getName(), this.server, value)
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.register(registry);
	}

	private void counter(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ServerMetrics> value) {
		counter(registry, this.server, meter, value, this.tags);
	}

	private void counter(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ServerMetrics> value,
			ZinxMeters.Tags tag, String tagValue) {
		counter(registry, this.server, meter, value, this.tags.and(tag.asString(), tagValue));
	}

	static void counter(MeterRegistry registry, ZinxServer server, ZinxMeters meter,
			ToDoubleFunction<ServerMetrics> value, Tags tags) {
		FunctionCounter.builder(meter.getName(), server.connManager().metrics(), value)
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.register(registry);
	}

}
