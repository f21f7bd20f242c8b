package io.zinx.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A member of the registries of keys and groups: a connection, as these see it. Most
 * members have neither, so their memberships are made with the first.
 * <p>
 * Ending and entering may race. Who enters first notes the name here and in the registry,
 * then looks whether the end was decided; who ends first decides, then takes the noted
 * names out of the registry. Whichever comes second sees the other and cleans up.
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
	 * Whether the end is not decided yet.
	 * @return {@code false} once it is
	 */
	public abstract boolean isOpen();

	/**
	 * Decide that this member ends because another one took its key, unless its end is
	 * decided already. Does no more than that, so it may be called inside an operation of
	 * a registry.
	 * @return whether it ends because of that; {@link #kicked()} is called then
	 */
	protected abstract boolean decideKick();

	/**
	 * Do all that follows from {@link #decideKick}. Outside of any registry.
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
