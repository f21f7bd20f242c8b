package io.zinx.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What may hold keys and be in groups: a connection, as the registries of both see it.
 * Most connections have neither, so their names are made with the first.
 * <p>
 * Ending and entering may race. Who enters first notes the name here and in the registry,
 * then looks whether the end was decided; who ends first decides, then takes the noted
 * names out of the registry. Whichever comes second sees the other and cleans up.
 */
abstract class Member extends ConnectionProperties {

	private static final VarHandle NAMES;

	static {
		try {
			NAMES = MethodHandles.lookup().findVarHandle(Member.class, "names", Names.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private volatile @Nullable Names names;

	/**
	 * Whether the end is not decided yet.
	 * @return {@code false} once {@link #decide} was called
	 */
	public abstract boolean isOpen();

	/**
	 * Fix the reason of the end, once. Does no more than that, so it may be called inside
	 * an operation of a registry.
	 * @param reason why
	 * @return whether this is the reason now; the caller then calls {@link #carryOut}
	 */
	abstract boolean decide(CloseReason reason);

	/**
	 * Do all that follows from {@link #decide}, outside of any registry.
	 * @param reason the reason that was decided
	 */
	abstract void carryOut(CloseReason reason);

	final Names names() {
		Names names = this.names;
		if (names != null) {
			return names;
		}
		Names made = new Names();
		Names other = (Names) NAMES.compareAndExchange(this, (Names) null, made);
		return (other != null) ? other : made;
	}

	final Set<String> currentKeys() {
		Names names = this.names;
		return (names != null) ? names.keys() : Set.of();
	}

	final Set<String> currentGroups() {
		Names names = this.names;
		return (names != null) ? names.groups() : Set.of();
	}

}
