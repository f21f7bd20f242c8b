package io.zinx.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets the entry that was not used for longest when it has too many. For
 * one thread at a time.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

	private final int most;

	RecentlyUsed(int most) {
		super(16, 0.75f, true);
		this.most = most;
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
		return size() > this.most;
	}

}
