package io.zinx.boot.handler.invoke;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.zinx.boot.handler.HandlerArgumentException;
import io.zinx.boot.handler.InvalidPayloadException;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;

/**
 * Turns the violations that the validation of a method has found into exceptions. Any
 * thread.
 */
final class Violations {

	private Violations() {
	}

	/**
	 * Create the exception for invalid arguments: that of the payload if it is invalid,
	 * whatever else is.
	 */
	static RuntimeException ofArguments(Request request, MethodValidationResult found,
			MethodValidation.Parameters parameters) {
		List<ParameterValidationResult> all = found.getParameterValidationResults();
		List<ParameterValidationResult> payloads = all.stream()
			.filter((each) -> parameters.isPayload(each.getMethodParameter()))
			.toList();
		if (payloads.isEmpty() && !all.isEmpty()) {
			return new HandlerArgumentException(name(all.get(0)), "Its value is invalid: " + describe(found));
		}
		BindingResult errors = payloads.isEmpty() ? new BeanPropertyBindingResult(null, found.getMethod().getName())
				: errors(payloads);
		for (MessageSourceResolvable cross : found.getCrossParameterValidationResults()) {
			errors.addError(error(errors.getObjectName(), cross));
		}
		return new InvalidPayloadException(request, errors);
	}

	private static BindingResult errors(List<ParameterValidationResult> payloads) {
		ParameterValidationResult first = payloads.get(0);
		Object value = (first.getContainer() != null) ? first.getContainer() : first.getArgument();
		BindingResult errors = new BeanPropertyBindingResult(
				(value instanceof Optional<?> optional) ? optional.orElse(null) : value, name(first));
		payloads.forEach((each) -> errorsOf(each).forEach(errors::addError));
		return errors;
	}

	/**
	 * The errors of one value. Those of an element have a path that begins with its index
	 * or key in brackets.
	 */
	private static Stream<ObjectError> errorsOf(ParameterValidationResult result) {
		String name = name(result);
		String element = element(result);
		if (result instanceof ParameterErrors errors) {
			return errors.getAllErrors().stream().map((error) -> within(name, element, error));
		}
		return result.getResolvableErrors()
			.stream()
			.map((error) -> element.isEmpty() ? error(name, error) : new FieldError(name, element, result.getArgument(),
					false, error.getCodes(), error.getArguments(), error.getDefaultMessage()));
	}

	private static ObjectError within(String name, String element, ObjectError error) {
		if (error instanceof FieldError field) {
			String path = element.isEmpty() ? field.getField() : element + "." + field.getField();
			return new FieldError(name, path, field.getRejectedValue(), false, field.getCodes(), field.getArguments(),
					field.getDefaultMessage());
		}
		return element.isEmpty() ? error(name, error) : new FieldError(name, element, null, false, error.getCodes(),
				error.getArguments(), error.getDefaultMessage());
	}

	private static ObjectError error(String name, MessageSourceResolvable error) {
		return new ObjectError(name, error.getCodes(), error.getArguments(), error.getDefaultMessage());
	}

	private static String name(ParameterValidationResult result) {
		String name = result.getMethodParameter().getParameterName();
		int index = result.getMethodParameter().getParameterIndex();
		return (name != null) ? name : (index < 0) ? "result" : "#" + (index + 1);
	}

	private static String element(ParameterValidationResult result) {
		Object at = (result.getContainerIndex() != null) ? result.getContainerIndex() : result.getContainerKey();
		boolean isElement = at != null
				|| (result.getContainer() != null && !(result.getContainer() instanceof Optional));
		return isElement ? "[" + ((at != null) ? at : "") + "]" : "";
	}

	/**
	 * Describe all violations.
	 */
	static String describe(MethodValidationResult found) {
		Stream<String> values = found.getParameterValidationResults()
			.stream()
			.flatMap(Violations::errorsOf)
			.map((error) -> ((error instanceof FieldError field) ? path(field) : error.getObjectName()) + " "
					+ error.getDefaultMessage());
		Stream<@Nullable String> cross = found.getCrossParameterValidationResults()
			.stream()
			.map(MessageSourceResolvable::getDefaultMessage);
		return Stream.concat(values, cross).collect(Collectors.joining("; "));
	}

	private static String path(FieldError error) {
		return error.getObjectName() + (error.getField().startsWith("[") ? "" : ".") + error.getField();
	}

}
