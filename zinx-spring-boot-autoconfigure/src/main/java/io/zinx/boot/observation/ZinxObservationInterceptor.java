package io.zinx.boot.observation;

import java.util.function.LongPredicate;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.zinx.diagnostics.EscapedException;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

/**
 * Observes each message until it is handled, an answer that comes later included. Comes
 * before all other interceptors. The scope is that of the thread that handles the
 * message.
 */
public final class ZinxObservationInterceptor implements Interceptor, Ordered {

	private static final ZinxServerObservationConvention DEFAULT = new DefaultZinxServerObservationConvention();

	private final String serverName;

	private final ObservationRegistry registry;

	private final LongPredicate routed;

	private final ZinxObservationCarrier carrier;

	private final @Nullable ZinxServerObservationConvention convention;

	/**
	 * Create an interceptor.
	 * @param serverName the name of the server whose messages it sees
	 * @param registry where observations are told
	 * @param routed tells whether a message number has a router of its own
	 * @param carrier finds the trace a message belongs to
	 * @param convention names and tags; {@code null} for the default
	 */
	public ZinxObservationInterceptor(String serverName, ObservationRegistry registry, LongPredicate routed,
			ZinxObservationCarrier carrier, @Nullable ZinxServerObservationConvention convention) {
		this.serverName = serverName;
		this.registry = registry;
		this.routed = routed;
		this.carrier = carrier;
		this.convention = convention;
	}

	@Override
	public void intercept(Request request, Chain chain) throws Exception {
		if (this.registry.isNoop()) {
			chain.proceed(request);
			return;
		}
		ZinxServerObservationContext context = newContext(request);
		Observation observation = ZinxObservationDocumentation.SERVER_REQUEST.start(this.convention, DEFAULT,
				() -> context, this.registry);
		chain.onHandled((failure) -> end(observation, context, failure));
		Observation.Scope scope = observation.openScope();
		try {
			chain.proceed(request);
		}
		finally {
			scope.close();
		}
	}

	private ZinxServerObservationContext newContext(Request request) {
		return new ZinxServerObservationContext(this.serverName, request, this.routed.test(request.msgId()),
				this.carrier);
	}

	/**
	 * A handled exception is told by the context only, so that a trace does not count as
	 * failed.
	 */
	private static void end(Observation observation, ZinxServerObservationContext context,
			@Nullable Throwable failure) {
		Throwable handled = context.request().handledFailure();
		if (failure != null) {
			observation.error(EscapedException.of(failure));
		}
		else if (handled != null) {
			context.handledError(EscapedException.of(handled));
		}
		observation.stop();
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
