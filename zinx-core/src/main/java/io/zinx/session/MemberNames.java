package io.zinx.session;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The names under which members are registered: the keys that are bound and the groups
 * that have members. A view of both registries. Any thread.
 */
public final class MemberNames {

	private final KeyRegistry<?> keys;

	private final GroupRegistry<?> groups;

	/**
	 * Create a view.
	 * @param keys the keys
	 * @param groups the groups
	 */
	public MemberNames(KeyRegistry<?> keys, GroupRegistry<?> groups) {
		this.keys = keys;
		this.groups = groups;
	}

	/**
	 * Set the listener for changes.
	 * @param listener called for changes from now on, instead of the one before;
	 * {@code null} for none
	 */
	public void listen(@Nullable MembershipListener listener) {
		this.keys.listen(listener);
		this.groups.listen(listener);
	}

	/**
	 * Return whether a key has holders.
	 * @param key the key
	 * @return whether a member is registered under it, which may have ended a moment ago
	 */
	public boolean hasKey(String key) {
		return this.keys.has(key);
	}

	/**
	 * Return whether a group has members.
	 * @param group its name
	 * @return whether a member is registered, which may have ended a moment ago
	 */
	public boolean hasGroup(String group) {
		return this.groups.has(group);
	}

	/**
	 * Perform an action for each key that has holders. One that comes or goes meanwhile
	 * may be left out.
	 * @param action the action
	 */
	public void forEachKey(Consumer<String> action) {
		this.keys.forEachKey(action);
	}

	/**
	 * Perform an action for each group that has members. One that comes or goes meanwhile
	 * may be left out.
	 * @param action the action
	 */
	public void forEachGroup(Consumer<String> action) {
		this.groups.forEachName(action);
	}

	/**
	 * The number of names.
	 * @return the keys that have holders plus the groups that have members
	 */
	public int size() {
		return this.keys.size() + this.groups.size();
	}

}
