package io.zinx.boot.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * A setting that exists.
 *
 * @param name the name of its property, for example {@code zinx.max-conn}
 * @param type the type of its value
 */
public record KnownSetting(String name, Class<?> type) {

	/**
	 * True if names below its own belong to it: keys of a map, or places in a list.
	 */
	boolean isOpen() {
		return this.type.isArray() || Map.class.isAssignableFrom(this.type)
				|| Collection.class.isAssignableFrom(this.type);
	}

	/**
	 * The environment variable that sets it.
	 * @return its name, for example {@code ZINX_MAXCONN}
	 */
	public String variable() {
		return variable("");
	}

	/**
	 * The environment variable in the spelling that keeps words apart.
	 */
	String variableOfWords() {
		return variable("_");
	}

	private String variable(String dash) {
		return this.name.replace("-", dash).replace('.', '_').toUpperCase(Locale.ROOT);
	}

}
