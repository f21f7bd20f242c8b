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
abstract class ConnectionProperties {

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

	/**
	 * As {@link Connection#property}.
	 */
	public @Nullable Object property(String name) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.get(name) : null;
	}

	/**
	 * As {@link Connection#setProperty}.
	 */
	public @Nullable Object setProperty(String name, Object value) {
		Map<String, Object> map = this.values;
		if (map == null) {
			Map<String, Object> made = new ConcurrentHashMap<>(4);
			map = VALUES.compareAndSet(this, (Map<String, Object>) null, made) ? made : this.values;
		}
		return (map != null) ? map.put(name, value) : null;
	}

	/**
	 * As {@link Connection#removeProperty}.
	 */
	public @Nullable Object removeProperty(String name) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.remove(name) : null;
	}

	/**
	 * As {@link Connection#propertyNames}.
	 */
	public Set<String> propertyNames() {
		Map<String, Object> map = this.values;
		return (map != null) ? Set.copyOf(map.keySet()) : Set.of();
	}

}
