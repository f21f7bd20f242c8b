package io.zinx.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys one member has bound and the groups it has joined. They stay readable after
 * the end of the member. Any thread may read; the registries write.
 */
final class Memberships {

	private final Set<String> keys = ConcurrentHashMap.newKeySet(1);

	private final Set<String> groups = ConcurrentHashMap.newKeySet(1);

	Set<String> keys() {
		return this.keys;
	}

	Set<String> groups() {
		return this.groups;
	}

}
