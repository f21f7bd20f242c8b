package io.zinx.boot.settings;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.StringUtils;

/**
 * Finds the settings of a bean that Spring Boot binds by its getters and setters. Those
 * are known in a native image, too, because binding needs them.
 */
final class BeanSettings {

	private BeanSettings() {
	}

	/**
	 * Collect the settings, those of nested beans included.
	 * @param prefix the prefix of their names
	 * @param type the type of the bean
	 * @param found takes name and type of each, in the order of their names
	 */
	static void collect(String prefix, Class<?> type, BiConsumer<String, Class<?>> found) {
		Map<String, Class<?>> values = new TreeMap<>();
		Map<String, Class<?>> readable = new TreeMap<>();
		for (Method method : type.getMethods()) {
			if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
				continue;
			}
			if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
				values.put(name(prefix, method), method.getParameterTypes()[0]);
			}
			else if (method.getName().startsWith("get") && method.getParameterCount() == 0) {
				readable.put(name(prefix, method), method.getReturnType());
			}
		}
		values.forEach(found);
		readable.keySet().removeAll(values.keySet());
		readable.forEach((name, nested) -> {
			if (new KnownSetting(name, nested).isOpen()) {
				found.accept(name, nested);
			}
			else if (!BeanUtils.isSimpleProperty(nested)) {
				collect(name, nested, found);
			}
		});
	}

	private static String name(String prefix, Method method) {
		String property = StringUtils.uncapitalize(method.getName().substring("get".length()));
		return prefix + "." + DataObjectPropertyName.toDashedForm(property);
	}

}
