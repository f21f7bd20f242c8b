package io.zinx.boot.handler.invoke;

import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.MethodValidationResult;

/**
 * Thrown if the result of a handler method violates its constraints. Its text says which.
 */
final class InvalidResultException extends MethodValidationException {

	InvalidResultException(MethodValidationResult found) {
		super(found);
	}

	@Override
	public String getMessage() {
		return "The result of " + getMethod().getName() + " is invalid: " + Violations.describe(this);
	}

}
