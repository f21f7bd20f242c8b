package io.zinx.session;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A member of the registries that is no connection.
 */
final class Member extends Registrable {

	private final AtomicBoolean open = new AtomicBoolean(true);

	private final KeyRegistry<Member> keys;

	private final GroupRegistry<Member> groups;

	Member(KeyRegistry<Member> keys, GroupRegistry<Member> groups) {
		this.keys = keys;
		this.groups = groups;
	}

	void end() {
		if (decideKick()) {
			kicked();
		}
	}

	@Override
	public boolean isOpen() {
		return this.open.get();
	}

	@Override
	protected boolean decideKick() {
		return this.open.compareAndSet(true, false);
	}

	@Override
	protected void kicked() {
		this.keys.release(this);
		this.groups.release(this);
	}

}
