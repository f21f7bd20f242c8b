package io.zinx.session;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes the names of a member whose end is decided out of a registry. Nobody finds it
 * under them any more, so this may take its time: the thread that ends it is an event
 * loop, mostly, and has others to look after.
 */
final class Release {

	/** The names that are taken out at once. */
	static final int AT_ONCE = 256;

	private Release() {
	}

	/**
	 * Take names out: the first ones at once, what is left on another thread.
	 * @param names the names
	 * @param free takes one out
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
