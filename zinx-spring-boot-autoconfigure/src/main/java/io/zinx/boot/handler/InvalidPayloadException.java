package io.zinx.boot.handler;

import java.util.stream.Collectors;

import io.zinx.routing.Request;

import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Thrown if a payload could be read, but the application's validator has found errors in
 * it, or the payload violates the constraints on its parameter.
 */
public final class InvalidPayloadException extends PayloadException {

	private final transient Errors errors;

	/**
	 * Create an exception for a payload.
	 * @param request the message
	 * @param errors the errors in its payload, one or more
	 */
	public InvalidPayloadException(Request request, Errors errors) {
		super(request,
				"is invalid: " + errors.getAllErrors()
					.stream()
					.map(InvalidPayloadException::describe)
					.collect(Collectors.joining("; ")),
				null);
		this.errors = errors;
	}

	private static String describe(ObjectError error) {
		return ((error instanceof FieldError field) ? path(field) : error.getObjectName()) + " "
				+ error.getDefaultMessage();
	}

	private static String path(FieldError error) {
		return error.getField().startsWith("[") ? error.getObjectName() + error.getField() : error.getField();
	}

	/**
	 * The errors that the validator has found. Those of an element of a container have
	 * the path of a field, which begins with the index or key in brackets, for example
	 * {@code [0].name}.
	 * @return one error or more
	 */
	public Errors errors() {
		return this.errors;
	}

}
