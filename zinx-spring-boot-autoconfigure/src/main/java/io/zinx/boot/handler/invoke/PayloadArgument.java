package io.zinx.boot.handler.invoke;

import io.zinx.boot.handler.PayloadException;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads a parameter from the body of the message. Any thread.
 */
final class PayloadArgument implements Argument {

	private final HandlerParameter parameter;

	private final boolean mayBeAbsent;

	private final Source source;

	private final @Nullable PayloadValidation validation;

	PayloadArgument(HandlerParameter parameter, Source source, @Nullable PayloadValidation validation) {
		this.parameter = parameter;
		this.mayBeAbsent = parameter.mayBeAbsent();
		this.source = source;
		this.validation = validation;
	}

	@Override
	public @Nullable Object resolve(Request request, @Nullable Throwable thrown) {
		Object payload = (this.mayBeAbsent && request.bodyLength() == 0) ? null : read(request);
		if (payload == null && !this.mayBeAbsent) {
			throw new PayloadException(request, "does not contain a " + this.parameter.type(), null);
		}
		if (payload != null && this.validation != null) {
			this.validation.validate(payload, request);
		}
		return this.parameter.wrap(payload);
	}

	private @Nullable Object read(Request request) {
		try {
			return this.source.read(request);
		}
		catch (Exception ex) {
			throw new PayloadException(request, "is not a valid " + this.parameter.type() + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * A reader of bodies.
	 */
	@FunctionalInterface
	interface Source {

		@Nullable Object read(Request request) throws Exception;

	}

}
