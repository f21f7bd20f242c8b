package io.zinx;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a setting has a value that the server cannot work with, before anything is
 * started.
 */
public class InvalidSettingException extends ZinxException {

	private final String setting;

	private final transient @Nullable Object value;

	private final String expected;

	/**
	 * Create an exception for one setting.
	 * @param setting the setting in kebab case, the property name without its prefix, for
	 * example {@code max-conn}
	 * @param value the value that was given
	 * @param expected the allowed values in words, for example {@code 1 or more}
	 */
	public InvalidSettingException(String setting, @Nullable Object value, String expected) {
		super(setting + ": " + value + " (expected: " + expected + ")");
		this.setting = setting;
		this.value = value;
		this.expected = expected;
	}

	/**
	 * The setting in kebab case, for example {@code max-conn}.
	 * @return the name of the setting
	 */
	public String setting() {
		return this.setting;
	}

	/**
	 * The value that is not allowed.
	 * @return the value, possibly {@code null}
	 */
	public @Nullable Object value() {
		return this.value;
	}

	/**
	 * The allowed values.
	 * @return a phrase, for example {@code 1 or more}
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * Check that a number lies in a range.
	 * @param setting the setting in kebab case
	 * @param value the value to check
	 * @param min the smallest value allowed
	 * @param max the largest value allowed
	 * @return the value
	 * @throws InvalidSettingException if it lies outside
	 */
	public static int requireRange(String setting, long value, int min, int max) {
		requireRange(setting, value, min, (long) max);
		return (int) value;
	}

	/**
	 * Check that a number lies in a range.
	 * @param setting the setting in kebab case
	 * @param value the value to check
	 * @param min the smallest value allowed
	 * @param max the largest value allowed
	 * @return the value
	 * @throws InvalidSettingException if it lies outside
	 */
	public static long requireRange(String setting, long value, long min, long max) {
		return require(setting, value, min, max, "");
	}

	/**
	 * Check that a number of bytes lies in a range.
	 * @param setting the setting in kebab case
	 * @param bytes the number to check
	 * @param min the smallest number allowed
	 * @param max the largest number allowed
	 * @return the number
	 * @throws InvalidSettingException if it lies outside
	 */
	public static long requireBytes(String setting, long bytes, long min, long max) {
		return require(setting, bytes, min, max, " bytes");
	}

	/**
	 * Require a time that is more than zero.
	 * @param setting the setting
	 * @param value its value
	 * @throws InvalidSettingException if it is zero or negative
	 */
	public static void requirePositive(String setting, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidSettingException(setting, value, "more than zero");
		}
	}

	private static long require(String setting, long value, long min, long max, String unit) {
		if (value < min || value > max) {
			boolean unbounded = max == Integer.MAX_VALUE || max == Long.MAX_VALUE;
			throw new InvalidSettingException(setting, value,
					unbounded ? min + unit + " or more" : min + " to " + max + unit);
		}
		return value;
	}

	/**
	 * Return a time as one writes it in settings.
	 * @param time the time
	 * @return for example {@code 20s}; {@code 1500ms} if it is not whole seconds
	 */
	public static String describe(Duration time) {
		return (time.toMillis() % 1000 == 0) ? time.toSeconds() + "s" : time.toMillis() + "ms";
	}

}
