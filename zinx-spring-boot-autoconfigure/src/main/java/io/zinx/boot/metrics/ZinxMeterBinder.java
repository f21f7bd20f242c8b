package io.zinx.boot.metrics;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionAcceptor;
import io.zinx.metrics.ServerMetrics;
import io.zinx.server.ZinxServer;

/**
 * Registers the meters of a server, {@link ZinxMeters}. They read what the server counts
 * anyhow, and cost nothing until they are read.
 */
public final class ZinxMeterBinder implements MeterBinder {

	private final ZinxServer server;

	/**
	 * Make a binder.
	 * @param server whose meters to register
	 */
	public ZinxMeterBinder(ZinxServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindConnections(registry);
		bindMessages(registry);
		gauge(registry, ZinxMeters.WORKER_QUEUE_SIZE, ZinxMeterBinder::queued);
	}

	private void bindConnections(MeterRegistry registry) {
		gauge(registry, ZinxMeters.CONNECTIONS_ACTIVE, (server) -> server.connManager().size());
		gauge(registry, ZinxMeters.CONNECTIONS_MAX, (server) -> server.connManager().maxConn());
		gauge(registry, ZinxMeters.CONNECTIONS_WAITING, (server) -> server.connManager().waiting());
		counter(registry, ZinxMeters.CONNECTIONS_ACCEPTED, ServerMetrics::accepted);
		rejected(registry, ConnectionAcceptor.MAX_CONN);
		rejected(registry, ConnectionAcceptor.STOPPING);
		for (CloseReason reason : CloseReason.values()) {
			counter(registry, ZinxMeters.CONNECTIONS_CLOSED, (metrics) -> metrics.closed(reason.tag()),
					ZinxMeters.Tags.REASON.asString(), reason.tag());
		}
	}

	private void rejected(MeterRegistry registry, String reason) {
		counter(registry, ZinxMeters.CONNECTIONS_REJECTED, (metrics) -> metrics.rejected(reason),
				ZinxMeters.Tags.REASON.asString(), reason);
	}

	private void bindMessages(MeterRegistry registry) {
		counter(registry, ZinxMeters.MESSAGES_RECEIVED, ServerMetrics::messagesIn);
		counter(registry, ZinxMeters.MESSAGES_SENT, ServerMetrics::messagesOut);
		counter(registry, ZinxMeters.MESSAGES_UNKNOWN, ServerMetrics::unknownMessages);
		counter(registry, ZinxMeters.MESSAGES_DROPPED, ServerMetrics::dropped);
		counter(registry, ZinxMeters.BYTES_RECEIVED, ServerMetrics::bytesIn);
		counter(registry, ZinxMeters.BYTES_SKIPPED, ServerMetrics::bytesSkipped);
		counter(registry, ZinxMeters.BYTES_SENT, ServerMetrics::bytesOut);
		counter(registry, ZinxMeters.HANDLER_FAILURES, ServerMetrics::handlerFailures);
	}

	private static double queued(ZinxServer server) {
		return server.workerQueueSizes().stream().mapToInt(Integer::intValue).sum();
	}

	private void gauge(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ZinxServer> value) {
		Gauge.builder(meter.getName(), this.server, value).description(meter.description()).register(registry);
	}

	private void counter(MeterRegistry registry, ZinxMeters meter, ToDoubleFunction<ServerMetrics> value,
			String... tags) {
		FunctionCounter.builder(meter.getName(), this.server.connManager().metrics(), value)
			.description(meter.description())
			.baseUnit(meter.getBaseUnit())
			.tags(tags)
			.register(registry);
	}

}
