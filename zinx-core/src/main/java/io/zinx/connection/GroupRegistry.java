package io.zinx.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Who is in which group. Any thread. A group exists as long as somebody is in it. Joining
 * and leaving one group are done in turn; nobody else is called meanwhile. {@link Member}
 * says how entering and ending go together.
 *
 * @param <M> what is in groups
 */
final class GroupRegistry<M extends Member> {

	private final ConcurrentHashMap<String, Set<M>> groups = new ConcurrentHashMap<>();

	/**
	 * Let a member in.
	 * @return whether it is in now and was not before
	 */
	boolean join(M member, String group) {
		boolean[] joined = new boolean[1];
		this.groups.compute(group, (name, before) -> {
			if (!member.isOpen()) {
				return before;
			}
			Set<M> members = (before != null) ? before : ConcurrentHashMap.newKeySet(1);
			joined[0] = members.add(member);
			member.names().groups().add(name);
			return members;
		});
		if (joined[0] && !member.isOpen()) {
			leave(member, group);
			return false;
		}
		return joined[0];
	}

	/**
	 * Let a member go.
	 * @return whether it was in
	 */
	boolean leave(M member, String group) {
		boolean[] left = new boolean[1];
		this.groups.compute(group, (name, before) -> {
			if (member.currentGroups().contains(name)) {
				member.names().groups().remove(name);
			}
			left[0] = before != null && before.remove(member);
			return nullIfEmpty(before);
		});
		return left[0];
	}

	/**
	 * Let a member go from all groups because its end is decided. It still knows where it
	 * was.
	 */
	void release(M member) {
		for (String group : member.currentGroups()) {
			this.groups.computeIfPresent(group, (name, members) -> {
				members.remove(member);
				return nullIfEmpty(members);
			});
		}
	}

	private static <M> @Nullable Set<M> nullIfEmpty(@Nullable Set<M> members) {
		return (members == null || members.isEmpty()) ? null : members;
	}

	/**
	 * Who is in a group.
	 * @return a view that changes with the group
	 */
	Set<M> members(String group) {
		Set<M> members = this.groups.get(group);
		return (members != null) ? members : Set.of();
	}

	Set<String> names() {
		return Set.copyOf(this.groups.keySet());
	}

}
