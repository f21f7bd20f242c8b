package io.zinx.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.zinx.connection.ChannelConnection;
import org.jspecify.annotations.Nullable;

/**
 * The common part of all lanes: connection, reading side and listeners, and objects that
 * are created only for connections that need them.
 */
abstract class AbstractLane implements Lane {

	private static final VarHandle CALLS;

	private static final AtomicReferenceFieldUpdater<AbstractLane, HookState> HOOK_STATE = AtomicReferenceFieldUpdater
		.newUpdater(AbstractLane.class, HookState.class, "hookState");

	static {
		try {
			CALLS = MethodHandles.lookup().findVarHandle(AbstractLane.class, "calls", LaneTasks.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final ChannelConnection connection;

	final HandlerInvoker handling;

	final Reader reader;

	/** Notifies the listeners of congestion; {@code null} if there are none. */
	private final @Nullable Writability writability;

	private volatile @Nullable LaneTasks calls;

	private volatile HookState hookState = HookState.NEW;

	AbstractLane(ChannelConnection connection, HandlerInvoker handling, Reader reader) {
		this.connection = connection;
		this.handling = handling;
		this.reader = reader;
		this.writability = handling.hooks().isEmpty() ? null : new Writability(connection, handling.hooks());
	}

	/**
	 * Call {@code onStart}, unless the connection has ended before. On the lane.
	 */
	final void startHooks() {
		if (HOOK_STATE.compareAndSet(this, HookState.NEW, HookState.STARTED)) {
			this.handling.hooks().onStart(this.connection);
		}
	}

	/**
	 * Call {@code onStop}, if {@code onStart} was called, and remove the connection.
	 * Once, on the lane, or on any thread when its runner is blocked.
	 */
	final void stopHooks() {
		HookState before = HOOK_STATE.getAndSet(this, HookState.STOPPED);
		if (before == HookState.STOPPED) {
			return;
		}
		if (before == HookState.STARTED) {
			this.handling.hooks().onStop(this.connection);
		}
		this.connection.ended();
		this.handling.clearInterrupt();
	}

	/**
	 * Record a change of writability for the listeners; {@link Writability#note}.
	 */
	final boolean note(boolean relief) {
		return this.writability != null && this.writability.note(relief);
	}

	/**
	 * True if a change of writability is to be reported.
	 */
	final boolean hasNews() {
		return this.writability != null && this.writability.isChanged();
	}

	/**
	 * Report the change of writability, between {@code onStart} and {@code onStop};
	 * {@link Writability#tell}. On the lane.
	 */
	final void tellNews() {
		if (this.writability != null && this.writability.isChanged()) {
			this.writability.tell(this.hookState == HookState.STARTED);
		}
	}

	/**
	 * The tasks of the application.
	 */
	final LaneTasks calls() {
		LaneTasks present = this.calls;
		return (present != null) ? present : calls(new LaneTasks(this.handling.maxTaskLen(), this::runCall));
	}

	/**
	 * The number of tasks of the application that wait outside of an inbox.
	 */
	final int waitingCalls() {
		LaneTasks present = this.calls;
		return (present != null) ? present.waiting() : 0;
	}

	private LaneTasks calls(LaneTasks first) {
		LaneTasks other = (LaneTasks) CALLS.compareAndExchange(this, (LaneTasks) null, first);
		return (other != null) ? other : first;
	}

	private void runCall(Runnable task) {
		this.handling.execute(this.connection, task);
	}

	/**
	 * Accept no more tasks of the application. Any thread.
	 */
	final void closeCalls() {
		calls(LaneTasks.CLOSED).close();
	}

}
