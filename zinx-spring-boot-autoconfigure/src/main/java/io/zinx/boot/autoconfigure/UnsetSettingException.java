package io.zinx.boot.autoconfigure;

import java.time.Duration;

import io.zinx.InvalidSettingException;
import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the start needs a property that the user has not set: it has no default, or
 * its default does not go with the value of another property.
 */
final class UnsetSettingException extends ZinxException {

	private final String problem;

	private final String action;

	/**
	 * Create an exception.
	 * @param property the name of the property
	 * @param value its default; {@code null} if there is none
	 * @param expected the allowed values, with the reason
	 */
	UnsetSettingException(String property, @Nullable Object value, String expected) {
		super("Property " + property + " is not set. It should be " + expected + ".");
		this.problem = "The property " + property + " is not set"
				+ ((value != null) ? ", and its default, '" + describe(value) + "', cannot be used." : ".");
		this.action = "Set " + property + ". It should be " + expected + ".";
	}

	private static Object describe(Object value) {
		return (value instanceof Duration time) ? InvalidSettingException.describe(time) : value;
	}

	String problem() {
		return this.problem;
	}

	String action() {
		return this.action;
	}

}
