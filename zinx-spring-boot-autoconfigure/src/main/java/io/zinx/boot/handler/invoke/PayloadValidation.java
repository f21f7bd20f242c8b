package io.zinx.boot.handler.invoke;

import io.zinx.boot.handler.InvalidPayloadException;
import io.zinx.routing.Request;

import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;

/**
 * Validates a payload. Any thread.
 *
 * @param validator the application's validator
 * @param hints groups, or none
 * @param name the name of the parameter
 */
@SuppressWarnings("ArrayRecordComponent")
record PayloadValidation(Validator validator, Object[] hints, String name) {

	void validate(Object payload, Request request) {
		BeanPropertyBindingResult errors = new BeanPropertyBindingResult(payload, this.name);
		if (this.hints.length > 0 && this.validator instanceof SmartValidator smart) {
			smart.validate(payload, errors, this.hints);
		}
		else {
			this.validator.validate(payload, errors);
		}
		if (errors.hasErrors()) {
			throw new InvalidPayloadException(request, errors);
		}
	}

}
