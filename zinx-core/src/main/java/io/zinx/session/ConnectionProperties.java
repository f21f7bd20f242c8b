package io.zinx.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The properties of one member. Any thread. Most members have none, so the map is made
 * when the first one is set.
 */
public abstract class ConnectionProperties {

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
	 * Read a property.
	 * @param name its name
	 * @return its value, or {@code null} if there is none
	 */
	public @Nullable Object property(String name) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.get(name) : null;
	}

	/**
	 * Set a property.
	 * @param name its name
	 * @param value its value
	 * @return the value it had before, or {@code null}
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
	 * Remove a property.
	 * @param name its name
	 * @return the value it had, or {@code null}
	 */
	public @Nullable Object removeProperty(String name) {
		Map<String, Object> map = this.values;
		return (map != null) ? map.remove(name) : null;
	}

	/**
	 * The names of the properties.
	 * @return a snapshot, in no order
	 */
	public Set<String> propertyNames() {
		Map<String, Object> map = this.values;
		return (map != null) ? Set.copyOf(map.keySet()) : Set.of();
	}

}
