package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.util.function.Function;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.handler.invoke.PayloadArgument.Source;
import io.zinx.boot.payload.NeverPayload;
import io.zinx.boot.payload.PlainPayload;
import io.zinx.boot.payload.ResolvedFormat;
import io.zinx.boot.payload.TextCharset;
import io.zinx.message.Message;
import io.zinx.routing.Request;

import org.springframework.core.ResolvableType;

/**
 * Creates the readers and writers of a method's payload: for its parameters and its
 * result. Used at startup.
 */
final class Payloads {

	private final ResolvedFormat format;

	private final Validations validations;

	private final ServerDelivery delivery;

	private final ApplicationBeans beans;

	private boolean hasText;

	/**
	 * Create an instance for one format.
	 * @param format the format
	 * @param validations decide what is validated
	 * @param delivery sends results to others
	 * @param beans the beans of the application, which are no payloads
	 */
	Payloads(ResolvedFormat format, Validations validations, ServerDelivery delivery, ApplicationBeans beans) {
		this.format = format;
		this.validations = validations;
		this.delivery = delivery;
		this.beans = beans;
	}

	/**
	 * The argument for a parameter that is the payload.
	 * @param parameter the parameter
	 * @return reads the payload
	 * @throws InvalidHandlerMethodException if it cannot be read
	 */
	Argument argument(HandlerParameter parameter) {
		requirePossible(parameter, this.beans);
		return new PayloadArgument(parameter, source(parameter), this.validations.ofPayload(parameter));
	}

	/**
	 * Require that a parameter may be the payload, in whatever format.
	 */
	static void requirePossible(HandlerParameter parameter, ApplicationBeans beans) {
		NeverPayload never = NeverPayload.in(parameter.type());
		if (never != null) {
			throw parameter.invalid(never.problem(), never.reason().parameterAdvice());
		}
		beans.requireNone(parameter);
	}

	private Source source(HandlerParameter parameter) {
		Function<Request, ?> plain = PlainPayload.reader(parameter.typeClass(), this.format.charset());
		this.hasText |= parameter.typeClass() == String.class || this.format.format() == PayloadFormat.STRING;
		if (plain != null) {
			return plain::apply;
		}
		try {
			PayloadConverter.Reader reader = this.format.reader(parameter.type());
			return (request) -> reader.read(request.body());
		}
		catch (IllegalArgumentException ex) {
			throw parameter.invalid("cannot be read from the body of a message: " + ex.getMessage(),
					this.format.advice(ex));
		}
	}

	/**
	 * Create a writer of a method's result.
	 * @param method the method
	 * @param type the type of its final result
	 * @return the writer
	 * @throws InvalidHandlerMethodException if it cannot be written
	 */
	PayloadConverter.Writer writer(Method method, ResolvableType type) {
		Class<?> raw = type.toClass();
		this.hasText |= raw.isAssignableFrom(String.class) || raw == Outgoing.class
				|| this.format.format() == PayloadFormat.STRING;
		if (PlainPayload.isWritten(raw) || raw == void.class || raw == Void.class || raw == Message.class
				|| raw == Outgoing.class || (raw == Object.class && this.format.converter() == null)) {
			return Payloads::refuse;
		}
		try {
			PayloadConverter.Writer writer = this.format.writer(type);
			return (raw == Object.class) ? Payloads.possible(writer) : writer;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerMethodException(method,
					"returns a " + type + ", which cannot be written to the body of a message: " + ex.getMessage(),
					this.format.advice(ex));
		}
	}

	/**
	 * Check the values of results whose declared type says nothing.
	 */
	private static PayloadConverter.Writer possible(PayloadConverter.Writer writer) {
		return (value) -> {
			NeverPayload never = NeverPayload.of(value.getClass());
			if (never != null) {
				throw new IllegalStateException("The result " + never.problem());
			}
			return writer.write(value);
		};
	}

	/**
	 * The choice of what is validated before and after the method is called.
	 */
	Validations validations() {
		return this.validations;
	}

	/**
	 * The means to send results to others.
	 */
	ServerDelivery delivery() {
		return this.delivery;
	}

	/**
	 * The charset of text.
	 */
	TextCharset charset() {
		return this.format.charset();
	}

	/**
	 * True if one of the readers and writers that were created may handle text, so that
	 * the charset has an effect.
	 */
	boolean hasText() {
		return this.hasText;
	}

	private static byte[] refuse(Object value) {
		throw new IllegalStateException("A result of type " + value.getClass().getName()
				+ " cannot be written, because the method does not declare that type: declare it as the return type");
	}

}
