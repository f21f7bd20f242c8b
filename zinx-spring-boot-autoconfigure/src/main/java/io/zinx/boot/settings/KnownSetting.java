package io.zinx.boot.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A setting that exists.
 *
 * @param name the name of its property, for example {@code zinx.max-conn}
 * @param type the type of its value
 * @param parts the names of the parts that each value of a list has, in lower case and
 * without dashes; empty if the values have no parts
 */
public record KnownSetting(String name, Class<?> type, Set<String> parts) {

	/**
	 * Create a setting whose value has no parts.
	 * @param name the name of its property
	 * @param type the type of its value
	 */
	KnownSetting(String name, Class<?> type) {
		this(name, type, Set.of());
	}

	/**
	 * True if names below its own belong to it: keys of a map, or places in a list.
	 * @return whether it has more than one value
	 */
	public boolean isOpen() {
		return this.type.isArray() || Map.class.isAssignableFrom(this.type)
				|| Collection.class.isAssignableFrom(this.type);
	}

	/**
	 * True if a property below its own name belongs to it.
	 * @param below its name
	 */
	boolean has(ConfigurationPropertyName below) {
		int depth = ConfigurationPropertyName.of(this.name).getNumberOfElements();
		int part = depth + 1;
		return isOpen() && (this.parts.isEmpty() || below.getNumberOfElements() == part
				|| (below.getNumberOfElements() == part + 1
						&& this.parts.contains(below.getElement(part, Form.UNIFORM))));
	}

	/**
	 * True if an environment variable below its own belongs to it.
	 * @param rest what follows its own variable and an underscore
	 */
	boolean hasVariable(String rest) {
		int part = rest.indexOf('_');
		return isOpen() && (this.parts.isEmpty() || part < 0
				|| this.parts.contains(rest.substring(part).replace("_", "").toLowerCase(Locale.ROOT)));
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
