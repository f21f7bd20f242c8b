package io.zinx.boot.observation;

import io.micrometer.observation.transport.ReceiverContext;
import io.zinx.routing.Request;

/**
 * What is known of a message that is handled.
 */
public class ZinxServerObservationContext extends ReceiverContext<Request> {

	private final Request request;

	private final boolean routed;

	/**
	 * Make a context.
	 * @param request the message
	 * @param routed whether its number has a router of its own
	 * @param carrier finds the trace it belongs to
	 */
	public ZinxServerObservationContext(Request request, boolean routed, ZinxObservationCarrier carrier) {
		super((source, key) -> carrier.get(source, key));
		this.request = request;
		this.routed = routed;
		setCarrier(request);
	}

	/**
	 * The message.
	 * @return the request; its body can be read while it is handled
	 */
	public Request request() {
		return this.request;
	}

	/**
	 * Whether its number has a router of its own.
	 * @return {@code false} for numbers that clients may choose freely
	 */
	public boolean isRouted() {
		return this.routed;
	}

}
