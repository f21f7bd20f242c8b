package io.zinx.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The members that hold each key. Any thread. Changes of one key are made one after the
 * other, and no foreign code is called meanwhile. {@link Registrable} describes the race
 * between binding and ending.
 *
 * @param <M> the type of the holders
 */
public final class KeyRegistry<M extends Registrable> {

	/** The holders of each key, in the order of binding. Lists are never changed. */
	private final ConcurrentHashMap<String, List<M>> holders = new ConcurrentHashMap<>();

	private volatile @Nullable MembershipListener listener;

	/**
	 * Bind a key to a member.
	 * @param member the member
	 * @param key the key
	 * @param policy the policy if another open member holds it
	 * @return the result
	 */
	public BindResult bind(M member, String key, DuplicateLogin policy) {
		Attempt attempt = new Attempt(member, policy);
		this.holders.compute(key, attempt::bind);
		if (attempt.first) {
			changed(key);
		}
		for (M old : attempt.kicked) {
			old.kicked();
		}
		if (attempt.result == BindResult.BOUND && !member.isOpen()) {
			unbind(member, key);
			return BindResult.CLOSED;
		}
		return attempt.result;
	}

	/**
	 * Release a key of a member.
	 * @param member the member
	 * @param key the key
	 * @return whether the member had it
	 */
	public boolean unbind(M member, String key) {
		boolean[] had = new boolean[1];
		List<M> after = this.holders.compute(key, (name, before) -> {
			had[0] = member.currentKeys().contains(name) && member.memberships().keys().remove(name);
			return (before != null) ? without(before, member) : null;
		});
		if (after == null) {
			changed(key);
		}
		return had[0];
	}

	/**
	 * Release all keys of a member that is ending. They stay readable on the member. If
	 * there are many, some are removed later, but lookups no longer find the member by
	 * any of them.
	 * @param member the member
	 */
	public void release(M member) {
		DeferredRelease.all(member.currentKeys(), (key) -> {
			if (this.holders.computeIfPresent(key, (name, before) -> without(before, member)) == null) {
				changed(key);
			}
		});
	}

	private void changed(String key) {
		MembershipListener told = this.listener;
		if (told != null) {
			told.keyChanged(key);
		}
	}

	void listen(@Nullable MembershipListener listener) {
		this.listener = listener;
	}

	private static <M extends Registrable> @Nullable List<M> without(List<M> before, M member) {
		if (!before.contains(member)) {
			return before;
		}
		return nullIfEmpty(before.stream().filter((other) -> other != member).toList());
	}

	private static <M extends Registrable> @Nullable List<M> nullIfEmpty(List<M> holders) {
		return holders.isEmpty() ? null : holders;
	}

	/**
	 * The open member that bound a key last.
	 * @param key the key
	 * @return the member, or {@code null} if there is none
	 */
	public @Nullable M latest(String key) {
		List<M> found = all(key);
		return found.isEmpty() ? null : found.get(found.size() - 1);
	}

	/**
	 * The open members that hold a key.
	 * @param key the key
	 * @return in the order of binding
	 */
	public List<M> all(String key) {
		List<M> found = this.holders.get(key);
		return (found != null) ? found.stream().filter(Registrable::isOpen).toList() : List.of();
	}

	boolean has(String key) {
		return this.holders.containsKey(key);
	}

	void forEachKey(Consumer<String> action) {
		this.holders.keySet().forEach(action);
	}

	int size() {
		return this.holders.size();
	}

	/**
	 * One call of {@link #bind} and its result.
	 */
	private final class Attempt {

		private final M member;

		private final DuplicateLogin policy;

		private final List<M> kicked = new ArrayList<>(1);

		private BindResult result = BindResult.CLOSED;

		/** True if nobody was registered under the key before. */
		private boolean first;

		Attempt(M member, DuplicateLogin policy) {
			this.member = member;
			this.policy = policy;
		}

		/**
		 * The end of the kicked members is decided inside this method, so that none of
		 * them can bind the key again before.
		 */
		@Nullable List<M> bind(String key, @Nullable List<M> before) {
			List<M> holders = (before != null) ? before : List.of();
			if (!this.member.isOpen()) {
				return nullIfEmpty(holders);
			}
			boolean held = holders.contains(this.member);
			List<M> others = holders.stream().filter((other) -> other != this.member && other.isOpen()).toList();
			if (this.policy == DuplicateLogin.REJECT_NEW && !others.isEmpty()) {
				this.result = held ? BindResult.BOUND : BindResult.REJECTED;
				return holders;
			}
			this.result = BindResult.BOUND;
			this.first = before == null;
			this.member.memberships().keys().add(key);
			if (this.policy == DuplicateLogin.ALLOW && !others.isEmpty()) {
				List<M> all = new ArrayList<>(others);
				all.add(this.member);
				return List.copyOf(all);
			}
			others.stream().filter((other) -> other.decideKick()).forEach(this.kicked::add);
			return List.of(this.member);
		}

	}

}
