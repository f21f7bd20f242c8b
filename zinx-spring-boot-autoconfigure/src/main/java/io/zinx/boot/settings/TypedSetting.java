package io.zinx.boot.settings;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * A setting as the user has typed it in one source, whether it exists or not.
 */
public final class TypedSetting {

	private final EnumerablePropertySource<?> source;

	private final String spelling;

	private final String name;

	private final boolean variable;

	TypedSetting(EnumerablePropertySource<?> source, String spelling, String name, boolean variable) {
		this.source = source;
		this.spelling = spelling;
		this.name = name;
		this.variable = variable;
	}

	/**
	 * The source.
	 * @return the source, which contains it
	 */
	public EnumerablePropertySource<?> source() {
		return this.source;
	}

	/**
	 * The name as it is spelled in the source.
	 * @return the name, with the prefix of the application's environment variables if it
	 * has one
	 */
	public String spelling() {
		return this.spelling;
	}

	/**
	 * The name without the prefix of the application's environment variables.
	 */
	String name() {
		return this.name;
	}

	/**
	 * The name as that of a property: of an environment variable, with its words as
	 * elements.
	 * @return the name, in any spelling that Spring Boot accepts
	 */
	public String property() {
		return this.variable ? this.name.toLowerCase(Locale.ROOT).replace('_', '.') : this.name;
	}

	/**
	 * True if it is an environment variable, whose name has another spelling than that of
	 * a property.
	 * @return whether it is one
	 */
	public boolean isVariable() {
		return this.variable;
	}

	/**
	 * The value, with placeholders as they were typed.
	 * @return the value, {@code null} if it is gone
	 */
	public @Nullable Object value() {
		return this.source.getProperty(this.spelling);
	}

	/**
	 * True if the value is empty or blank, which sets nothing.
	 * @return whether it is
	 */
	public boolean isBlank() {
		Object value = value();
		return value == null || value.toString().isBlank();
	}

	/**
	 * Name it and its place, for messages. The value may be secret and is no part of it.
	 */
	@Override
	public String toString() {
		if (this.variable) {
			return "The environment variable " + this.spelling;
		}
		Origin origin = PropertySourceOrigin.get(this.source, this.spelling);
		return "The property " + this.spelling + " (" + origin + ")";
	}

}
