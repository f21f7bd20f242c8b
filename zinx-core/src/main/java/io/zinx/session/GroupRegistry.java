package io.zinx.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The members of each group. Any thread. A group exists as long as it has members.
 * Changes of one group are made one after the other, and no foreign code is called
 * meanwhile. {@link Registrable} describes the race between joining and ending.
 *
 * @param <M> the type of the members
 */
public final class GroupRegistry<M extends Registrable> {

	private final ConcurrentHashMap<String, Set<M>> groups = new ConcurrentHashMap<>();

	/**
	 * Add a member to a group.
	 * @param member the member
	 * @param group the group's name
	 * @return whether it was added now
	 */
	public boolean join(M member, String group) {
		boolean[] joined = new boolean[1];
		this.groups.compute(group, (name, before) -> {
			if (!member.isOpen()) {
				return before;
			}
			Set<M> members = (before != null) ? before : ConcurrentHashMap.newKeySet(1);
			joined[0] = members.add(member);
			member.memberships().groups().add(name);
			return members;
		});
		if (joined[0] && !member.isOpen()) {
			leave(member, group);
			return false;
		}
		return joined[0];
	}

	/**
	 * Remove a member from a group.
	 * @param member the member
	 * @param group the group's name
	 * @return whether it was a member
	 */
	public boolean leave(M member, String group) {
		boolean[] left = new boolean[1];
		this.groups.compute(group, (name, before) -> {
			if (member.currentGroups().contains(name)) {
				member.memberships().groups().remove(name);
			}
			left[0] = before != null && before.remove(member);
			return nullIfEmpty(before);
		});
		return left[0];
	}

	/**
	 * Remove a member from all groups because it is ending; if there are many, from some
	 * of them later. The names stay readable on the member.
	 * @param member the member
	 */
	public void release(M member) {
		DeferredRelease.all(member.currentGroups(), (group) -> this.groups.computeIfPresent(group, (name, members) -> {
			members.remove(member);
			return nullIfEmpty(members);
		}));
	}

	private static <M> @Nullable Set<M> nullIfEmpty(@Nullable Set<M> members) {
		return (members == null || members.isEmpty()) ? null : members;
	}

	/**
	 * The members of a group.
	 * @param group the group's name
	 * @return a view that changes with the group
	 */
	public Set<M> members(String group) {
		Set<M> members = this.groups.get(group);
		return (members != null) ? members : Set.of();
	}

	/**
	 * The names of all groups that have members.
	 * @return a snapshot, in no order
	 */
	public Set<String> names() {
		return Set.copyOf(this.groups.keySet());
	}

}
