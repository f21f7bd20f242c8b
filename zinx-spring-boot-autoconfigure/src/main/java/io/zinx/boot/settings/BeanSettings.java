package io.zinx.boot.settings;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;
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
	 * @param found takes each, in the order of their names
	 */
	static void collect(String prefix, Class<?> type, Consumer<KnownSetting> found) {
		Map<String, ResolvableType> values = new TreeMap<>();
		Map<String, ResolvableType> readable = new TreeMap<>();
		for (Method method : type.getMethods()) {
			if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
				continue;
			}
			if (method.getName().startsWith("set") && method.getParameterCount() == 1) {
				values.put(name(prefix, method), ResolvableType.forMethodParameter(method, 0));
			}
			else if (method.getName().startsWith("get") && method.getParameterCount() == 0) {
				readable.put(name(prefix, method), ResolvableType.forMethodReturnType(method));
			}
		}
		values.forEach((name, value) -> found.accept(setting(name, value)));
		readable.keySet().removeAll(values.keySet());
		readable.forEach((name, nested) -> {
			KnownSetting setting = setting(name, nested);
			if (setting.isOpen()) {
				found.accept(setting);
			}
			else if (!BeanUtils.isSimpleProperty(setting.type())) {
				collect(name, setting.type(), found);
			}
		});
	}

	private static KnownSetting setting(String name, ResolvableType type) {
		Class<?> value = type.toClass();
		Class<?> element = Collection.class.isAssignableFrom(value) ? type.asCollection().getGeneric().toClass()
				: Object.class;
		return new KnownSetting(name, value, element.isRecord() ? parts(element) : Set.of());
	}

	private static Set<String> parts(Class<?> element) {
		return Stream.of(element.getRecordComponents())
			.map(RecordComponent::getName)
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

	private static String name(String prefix, Method method) {
		String property = StringUtils.uncapitalize(method.getName().substring("get".length()));
		return prefix + "." + DataObjectPropertyName.toDashedForm(property);
	}

}
