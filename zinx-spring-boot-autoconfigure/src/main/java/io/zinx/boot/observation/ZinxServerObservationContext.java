package io.zinx.boot.observation;

import io.micrometer.observation.transport.ReceiverContext;
import io.zinx.routing.Request;

/**
 * A message that is being handled, as its observation sees it.
 */
public class ZinxServerObservationContext extends ReceiverContext<Request> {

	private final String serverName;

	private final Request request;

	private final boolean routed;

	private boolean errorHandled;

	/**
	 * Create a context.
	 * @param serverName the name of the server that has received the message
	 * @param request the message
	 * @param routed whether its number has a router of its own
	 * @param carrier finds the trace it belongs to
	 */
	public ZinxServerObservationContext(String serverName, Request request, boolean routed,
			ZinxObservationCarrier carrier) {
		super((source, key) -> carrier.get(source, key));
		this.serverName = serverName;
		this.request = request;
		this.routed = routed;
		setCarrier(request);
	}

	/**
	 * The name of the server that has received the message.
	 * @return the name, {@code zinx.name}
	 */
	public String serverName() {
		return this.serverName;
	}

	/**
	 * The message.
	 * @return the request; its body can be read while it is handled
	 */
	public Request request() {
		return this.request;
	}

	/**
	 * True if its number has a router of its own.
	 * @return {@code false} for numbers that clients may choose freely
	 */
	public boolean isRouted() {
		return this.routed;
	}

	/**
	 * True if {@link #getError()} is an exception that an exception handler has handled.
	 * @return {@code false} if there is no exception, or nobody has handled it
	 */
	public boolean isErrorHandled() {
		return this.errorHandled;
	}

	void handledError(Throwable error) {
		setError(error);
		this.errorHandled = true;
	}

}
