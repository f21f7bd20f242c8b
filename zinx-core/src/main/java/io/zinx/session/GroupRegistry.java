package io.zinx.session;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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

	private volatile @Nullable MembershipListener listener;

	/**
	 * Add a member to a group.
	 * @param member the member
	 * @param group the group's name
	 * @return whether it was added now
	 */
	public boolean join(M member, String group) {
		boolean[] joined = new boolean[1];
		boolean[] first = new boolean[1];
		this.groups.compute(group, (name, before) -> {
			if (!member.isOpen()) {
				return before;
			}
			Set<M> members = (before != null) ? before : ConcurrentHashMap.newKeySet(1);
			joined[0] = members.add(member);
			first[0] = before == null;
			member.memberships().groups().add(name);
			return members;
		});
		if (first[0]) {
			changed(group);
		}
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
		Set<M> after = this.groups.compute(group, (name, before) -> {
			if (member.currentGroups().contains(name)) {
				member.memberships().groups().remove(name);
			}
			left[0] = before != null && before.remove(member);
			return nullIfEmpty(before);
		});
		if (after == null) {
			changed(group);
		}
		return left[0];
	}

	/**
	 * Remove a member from all groups because it is ending; if there are many, from some
	 * of them later. The names stay readable on the member.
	 * @param member the member
	 */
	public void release(M member) {
		DeferredRelease.all(member.currentGroups(), (group) -> {
			Set<M> after = this.groups.computeIfPresent(group, (name, members) -> {
				members.remove(member);
				return nullIfEmpty(members);
			});
			if (after == null) {
				changed(group);
			}
		});
	}

	private void changed(String group) {
		MembershipListener told = this.listener;
		if (told != null) {
			told.groupChanged(group);
		}
	}

	void listen(@Nullable MembershipListener listener) {
		this.listener = listener;
	}

	boolean has(String group) {
		return this.groups.containsKey(group);
	}

	void forEachName(Consumer<String> action) {
		this.groups.keySet().forEach(action);
	}

	int size() {
		return this.groups.size();
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
