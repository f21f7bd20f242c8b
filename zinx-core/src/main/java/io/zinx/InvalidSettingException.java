package io.zinx;

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
		if (value < min || value > max) {
			throw new InvalidSettingException(setting, value,
					(max == Integer.MAX_VALUE) ? min + " or more" : min + " to " + max);
		}
		return value;
	}

}
