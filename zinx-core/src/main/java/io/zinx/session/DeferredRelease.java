package io.zinx.session;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The removal of the names of an ending member from a registry. Lookups no longer find
 * the member, so most of it may run later on another thread: the thread that ends a
 * connection is usually an event loop, which serves other connections.
 */
final class DeferredRelease {

	/** The number of names that are removed at once. */
	static final int AT_ONCE = 256;

	private DeferredRelease() {
	}

	/**
	 * Remove names: the first ones at once, the rest on another thread.
	 * @param names the names
	 * @param free removes one name
	 */
	static void all(Set<String> names, Consumer<String> free) {
		Iterator<String> left = names.iterator();
		for (int i = 0; i < AT_ONCE && left.hasNext(); i++) {
			free.accept(left.next());
		}
		if (left.hasNext()) {
			CompletableFuture.runAsync(() -> left.forEachRemaining(free));
		}
	}

}
