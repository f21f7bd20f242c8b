package io.zinx.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The properties of one connection. Any thread. Most connections have none, so the map is
 * made when the first one is set.
 */
final class ConnectionProperties {

	private static final VarHandle VALUES;

	static {
		try {
			VALUES = MethodHandles.lookup().findVarHandle(ConnectionProperties.class, "values", Map.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private volatile @Nullable Map<String, Object> values;

	@Nullable Object get(String name) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.get(name) : null;
	}

	@Nullable Object set(String name, Object value) {
		Map<String, Object> map = this.values;
		if (map == null) {
			Map<String, Object> made = new ConcurrentHashMap<>(4);
			map = VALUES.compareAndSet(this, (Map<String, Object>) null, made) ? made : this.values;
		}
		return (map != null) ? map.put(name, value) : null;
	}

	@Nullable Object remove(String name) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.remove(name) : null;
	}

	Set<String> names() {
		Map<String, Object> map = this.values;
		return (map != null) ? Set.copyOf(map.keySet()) : Set.of();
	}

}
