package io.zinx.boot.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.zinx.metrics.HandlerCounters;
import io.zinx.metrics.HandlerOutcome;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.server.ServerPhase;
import io.zinx.server.ZinxServer;

/**
 * The meters of each message number that has a router of its own, and one for all others.
 * The numbers are known when the server starts for the first time. Their timers are real
 * ones if every message is measured; sums of samples have neither a maximum nor
 * percentiles.
 */
final class MessageMeters implements MeterBinder {

	private static final String OTHERS = "unknown";

	private final ZinxServer server;

	private boolean bound;

	MessageMeters(ZinxServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindOnce(registry);
		this.server.onPhase((phase) -> {
			if (phase == ServerPhase.RUNNING) {
				bindOnce(registry);
			}
		});
	}

	private synchronized void bindOnce(MeterRegistry registry) {
		HandlerCounters counters = this.server.connManager().metrics().handlers();
		if (this.bound || counters == null) {
			return;
		}
		this.bound = true;
		long[] msgIds = counters.msgIds();
		for (long msgId : msgIds) {
			bind(registry, counters, msgId);
		}
		bind(registry, counters, HandlerCounters.OTHERS);
		if (this.server.config().handlerTiming() == HandlerTiming.ALL) {
			HandlerTimers timers = new HandlerTimers(msgIds);
			for (long msgId : msgIds) {
				timers.add(registry, tags(msgId));
			}
			timers.add(registry, tags(HandlerCounters.OTHERS));
			counters.onMeasured(timers);
		}
	}

	private Tags tags(long msgId) {
		return ZinxMeterBinder.tags(this.server)
			.and(ZinxMeters.Tags.MSG_ID.asString(), (msgId == HandlerCounters.OTHERS) ? OTHERS : Long.toString(msgId));
	}

	private void bind(MeterRegistry registry, HandlerCounters counters, long msgId) {
		Tags tags = tags(msgId);
		counter(registry, ZinxMeters.MESSAGES_RECEIVED, tags, (metrics) -> metrics.messagesIn(msgId));
		counter(registry, ZinxMeters.MESSAGES_SENT, tags, (metrics) -> metrics.messagesOut(msgId));
		counter(registry, ZinxMeters.DATA_RECEIVED, tags, (metrics) -> metrics.bytesIn(msgId));
		counter(registry, ZinxMeters.DATA_SENT, tags, (metrics) -> metrics.bytesOut(msgId));
		String outcome = ZinxMeters.Tags.OUTCOME.asString();
		for (HandlerOutcome each : HandlerOutcome.values()) {
			bind(registry, counters, msgId, each, tags.and(outcome, each.tag()));
		}
	}

	private void counter(MeterRegistry registry, ZinxMeters meter, Tags tags, ToDoubleFunction<ServerMetrics> value) {
		ZinxMeterBinder.counter(registry, this.server, meter, value, tags);
	}

	private void bind(MeterRegistry registry, HandlerCounters counters, long msgId, HandlerOutcome outcome, Tags tags) {
		FunctionCounter.builder(ZinxMeters.MESSAGES_HANDLED.getName(), counters, (all) -> all.handled(msgId, outcome))
			.description(ZinxMeters.MESSAGES_HANDLED.description())
			.tags(tags)
			.register(registry);
		if (this.server.config().handlerTiming() == HandlerTiming.SAMPLED) {
			FunctionTimer
				.builder(ZinxMeters.HANDLER_TIME.getName(), counters, (all) -> all.measured(msgId, outcome),
						(all) -> all.measuredNanos(msgId, outcome), TimeUnit.NANOSECONDS)
				.description(ZinxMeters.HANDLER_TIME.description())
				.tags(tags)
				.register(registry);
		}
	}

}
