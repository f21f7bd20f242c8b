package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.util.BitSet;
import java.util.List;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.InvalidPayloadException;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.MethodValidator;

/**
 * Validates the arguments and the result of a method. Any thread.
 *
 * @param validator the application's validator
 * @param subject what is validated
 * @param parameters its parameters
 * @param ofArguments whether to validate the arguments
 * @param ofResult whether to validate the result
 */
record MethodValidation(MethodValidator validator, Subject subject, Parameters parameters, boolean ofArguments,
		boolean ofResult) {

	private static final String MISTAKES = "jakarta.validation.Constraint";

	/**
	 * Validate arguments.
	 * @param request the message
	 * @param values one for each parameter
	 * @throws InvalidPayloadException if the payload is invalid
	 * @throws io.zinx.boot.handler.HandlerArgumentException if another argument is
	 */
	void checkArguments(Request request, @Nullable Object[] values) {
		if (!this.ofArguments) {
			return;
		}
		MethodValidationResult found = validate(values);
		if (found.hasErrors()) {
			throw Violations.ofArguments(request, found, this.parameters);
		}
	}

	private MethodValidationResult validate(@Nullable Object[] values) {
		return this.validator.validateArguments(this.subject.target, this.subject.method, this.parameters.sources(),
				values, this.subject.groups);
	}

	/**
	 * Validate a result.
	 * @param value the result
	 * @return the same
	 * @throws InvalidResultException if it is invalid
	 */
	@Nullable Object checkResult(@Nullable Object value) {
		if (this.ofResult) {
			MethodValidationResult found = validateResult(value);
			if (found.hasErrors()) {
				throw new InvalidResultException(found);
			}
		}
		return value;
	}

	private MethodValidationResult validateResult(@Nullable Object value) {
		return this.validator.validateReturnValue(this.subject.target, this.subject.method,
				new MethodParameter(this.subject.method, -1), value, this.subject.groups);
	}

	/**
	 * Validate {@code null} once, so that constraints that can never be validated stop
	 * the start instead of failing each message.
	 * @return this
	 * @throws InvalidHandlerMethodException if there is such a constraint
	 */
	MethodValidation tried() {
		try {
			if (this.ofArguments) {
				validate(new @Nullable Object[this.parameters.sources.length]);
			}
			if (this.ofResult) {
				validateResult(null);
			}
		}
		catch (RuntimeException ex) {
			if (isMistake(ex)) {
				throw new InvalidHandlerMethodException(this.subject.method,
						"has constraints that cannot be validated: "
								+ StringUtils.trimTrailingCharacter(String.valueOf(ex.getMessage()), '.'),
						"Use a constraint that fits the type. Constraints of an overridden method are declared there, "
								+ "and those of what is in a container at the element, as in Optional<@NotBlank String>.",
						ex);
			}
		}
		return this;
	}

	/**
	 * True if a declaration is wrong, as opposed to a validator of the application that
	 * fails with a value it does not expect.
	 */
	private static boolean isMistake(RuntimeException ex) {
		if (ex instanceof IllegalArgumentException) {
			return true;
		}
		for (Class<?> type = ex.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getName().startsWith(MISTAKES)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * A method of a bean.
	 *
	 * @param target the bean, not its proxy if it has one target
	 * @param method the method
	 * @param groups the groups of constraints; none for the default group
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Subject(Object target, Method method, Class<?>[] groups) {
	}

	/**
	 * The parameters of the method.
	 *
	 * @param sources all of them
	 * @param payloads the indexes of those that are read from the body
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Parameters(MethodParameter[] sources, BitSet payloads) {

		static Parameters of(List<HandlerParameter> all, List<Argument> arguments) {
			BitSet payloads = new BitSet();
			for (int i = 0; i < arguments.size(); i++) {
				payloads.set(i, arguments.get(i) instanceof PayloadArgument);
			}
			return new Parameters(all.stream().map(HandlerParameter::source).toArray(MethodParameter[]::new), payloads);
		}

		boolean isPayload(MethodParameter parameter) {
			return this.payloads.get(parameter.getParameterIndex());
		}

	}

}
