package io.zinx.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A member of the registries of keys and groups: a connection, as the registries see it.
 * Most members have neither key nor group, so the memberships are allocated with the
 * first one.
 * <p>
 * Entering a registry and ending may race. The thread that enters records the name here
 * and in the registry, then checks whether the end is decided; the thread that ends
 * decides the end, then removes the recorded names from the registry. Whichever is second
 * sees the other and cleans up.
 */
public abstract class Registrable extends ConnectionProperties {

	private static final VarHandle MEMBERSHIPS;

	static {
		try {
			MEMBERSHIPS = MethodHandles.lookup().findVarHandle(Registrable.class, "memberships", Memberships.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private volatile @Nullable Memberships memberships;

	/**
	 * Return whether the member is open: its end is not decided yet.
	 * @return {@code false} once it is
	 */
	public abstract boolean isOpen();

	/**
	 * Decide the end of this member because another one took its key, unless its end is
	 * decided already. Does nothing else, so it may be called inside an operation of a
	 * registry.
	 * @return whether this call has decided it; {@link #kicked()} is called then
	 */
	protected abstract boolean decideKick();

	/**
	 * Carry out the end decided by {@link #decideKick}. Called outside of any registry.
	 */
	protected abstract void kicked();

	/**
	 * The keys it has bound, also when it has ended.
	 * @return a snapshot, in no order
	 */
	public Set<String> keys() {
		return Set.copyOf(currentKeys());
	}

	/**
	 * The groups it has joined, also when it has ended.
	 * @return a snapshot, in no order
	 */
	public Set<String> groups() {
		return Set.copyOf(currentGroups());
	}

	final Memberships memberships() {
		Memberships present = this.memberships;
		if (present != null) {
			return present;
		}
		Memberships made = new Memberships();
		Memberships other = (Memberships) MEMBERSHIPS.compareAndExchange(this, (Memberships) null, made);
		return (other != null) ? other : made;
	}

	final Set<String> currentKeys() {
		Memberships present = this.memberships;
		return (present != null) ? present.keys() : Set.of();
	}

	final Set<String> currentGroups() {
		Memberships present = this.memberships;
		return (present != null) ? present.groups() : Set.of();
	}

}
