package io.zinx.boot.handler;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import io.zinx.boot.handler.PayloadArgument.Source;
import io.zinx.connection.ConnManager;
import io.zinx.message.Body;
import io.zinx.message.Message;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * How the payload of a method is read and its result written. Used at the start.
 */
final class Payloads {

	private final PayloadFormat format;

	private final @Nullable PayloadConverter converter;

	private final @Nullable Validator validator;

	private final Outgoing.Sender others;

	/**
	 * Read and write one format.
	 * @param format the format
	 * @param converter reads and writes it; {@code null} for bytes, and if there is none
	 * @param validator validates what was read, or {@code null} if there is none
	 * @param connections to whom results may be sent, or {@code null} if only replies are
	 * possible
	 */
	Payloads(PayloadFormat format, @Nullable PayloadConverter converter, @Nullable Validator validator,
			@Nullable ConnManager connections) {
		this.format = format;
		this.converter = converter;
		this.validator = validator;
		this.others = new Outgoing.Sender(new PayloadWriter(format, () -> converter), connections);
	}

	/**
	 * The argument for a parameter that is the payload.
	 * @param parameter the parameter
	 * @return reads the payload
	 * @throws InvalidHandlerMethodException if it cannot be read
	 */
	Argument argument(Parameter parameter) {
		return new PayloadArgument(parameter, source(parameter), validation(parameter));
	}

	private Source source(Parameter parameter) {
		Class<?> type = parameter.typeClass();
		if (type == String.class) {
			return Request::bodyAsString;
		}
		if (type == byte[].class) {
			return Request::body;
		}
		if (type == ByteBuf.class) {
			return Request::bodyBuffer;
		}
		if (type == ByteBuffer.class) {
			return (request) -> ByteBuffer.wrap(request.body());
		}
		try {
			PayloadConverter.Reader reader = converter().reader(parameter.type());
			return (request) -> reader.read(request.body());
		}
		catch (IllegalArgumentException ex) {
			throw parameter.invalid("cannot be read from the body of a message: " + ex.getMessage(), advice());
		}
	}

	private PayloadConverter converter() {
		return require(this.converter, this.format);
	}

	static PayloadConverter require(@Nullable PayloadConverter converter, PayloadFormat format) {
		if (converter == null) {
			throw new IllegalArgumentException((format == PayloadFormat.BYTES) ? "its format is bytes"
					: "its format is " + format + ", and nothing on the class path can read and write that");
		}
		return converter;
	}

	private String advice() {
		return switch (this.format) {
			case JSON -> "Add the dependency org.springframework.boot:spring-boot-starter-jackson, or use String, "
					+ "byte[], ByteBuffer or ByteBuf, or another format: @ZinxRouter(payload = …) or zinx.payload.";
			case PROTOBUF -> "Add the dependency com.google.protobuf:protobuf-java, or use a class that was generated "
					+ "from a .proto file, or another format: @ZinxRouter(payload = …) or zinx.payload.";
			case STRING -> "Use String, or a type that the application's ConversionService converts from and to "
					+ "String, or another format: @ZinxRouter(payload = …) or zinx.payload.";
			default -> "Use byte[], ByteBuffer, ByteBuf or String, or another format: @ZinxRouter(payload = …) or "
					+ "zinx.payload.";
		};
	}

	private @Nullable PayloadValidation validation(Parameter parameter) {
		@Nullable Object[] hints = Arrays.stream(parameter.source().getParameterAnnotations())
			.map(ValidationAnnotationUtils::determineValidationHints)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		if (hints == null) {
			return null;
		}
		Validator validator = this.validator;
		if (validator == null || !validator.supports(parameter.typeClass())) {
			throw parameter.invalid("is to be validated, and there is no validator for it",
					"Add the dependency org.springframework.boot:spring-boot-starter-validation, or a bean of type "
							+ Validator.class.getName() + ", or remove the annotation.");
		}
		return new PayloadValidation(validator, hints, parameter.name());
	}

	/**
	 * Prepare to write what a method returns.
	 * @param method the method
	 * @param type what it returns, in the end
	 * @return writes it
	 * @throws InvalidHandlerMethodException if it cannot be written
	 */
	PayloadConverter.Writer writer(Method method, ResolvableType type) {
		Class<?> raw = type.toClass();
		if (raw == String.class || raw == byte[].class || raw == ByteBuffer.class || raw == void.class
				|| raw == Void.class || raw == Message.class || raw == Outgoing.class
				|| ByteBuf.class.isAssignableFrom(raw) || Body.class.isAssignableFrom(raw)) {
			return Payloads::refuse;
		}
		try {
			return (raw == Object.class && this.converter == null) ? Payloads::refuse : converter().writer(type);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerMethodException(method,
					"returns a " + type + ", which cannot be written to the body of a message: " + ex.getMessage(),
					advice());
		}
	}

	/**
	 * What sends results to others.
	 */
	Outgoing.Sender others() {
		return this.others;
	}

	private static byte[] refuse(Object value) {
		throw new IllegalStateException("A result of type " + value.getClass().getName()
				+ " cannot be written without knowing how: declare it as what the method returns");
	}

}
