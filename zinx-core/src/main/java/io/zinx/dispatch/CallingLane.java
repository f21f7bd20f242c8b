package io.zinx.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.zinx.connection.ChannelConnection;
import org.jspecify.annotations.Nullable;

/**
 * What lanes of all kinds have: a connection, its reading side, and what few connections
 * need and is made when it is needed.
 */
abstract class CallingLane implements Lane {

	private static final VarHandle CALLS;

	static {
		try {
			CALLS = MethodHandles.lookup().findVarHandle(CallingLane.class, "calls", Calls.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	final ChannelConnection connection;

	final Handling handling;

	final Reader reader;

	/** What the listeners know of congestion; {@code null} if there are none. */
	private final @Nullable Writability writability;

	private volatile @Nullable Calls calls;

	CallingLane(ChannelConnection connection, Handling handling, Reader reader) {
		this.connection = connection;
		this.handling = handling;
		this.reader = reader;
		this.writability = handling.hooks().isEmpty() ? null : new Writability(connection, handling.hooks());
	}

	/**
	 * There is something to tell the listeners, perhaps; {@link Writability#note}.
	 */
	final boolean note(boolean relief) {
		return this.writability != null && this.writability.note(relief);
	}

	/**
	 * Whether there is something to tell the listeners.
	 */
	final boolean hasNews() {
		return this.writability != null && this.writability.isChanged();
	}

	/**
	 * Tell the listeners what there is to tell; {@link Writability#tell}.
	 */
	final void tellNews(boolean listening) {
		if (this.writability != null && this.writability.isChanged()) {
			this.writability.tell(listening);
		}
	}

	/**
	 * The tasks of the application.
	 */
	final Calls calls() {
		Calls present = this.calls;
		return (present != null) ? present : calls(new Calls(this.handling.maxTaskLen(), this::runCall));
	}

	private Calls calls(Calls first) {
		Calls other = (Calls) CALLS.compareAndExchange(this, (Calls) null, first);
		return (other != null) ? other : first;
	}

	private void runCall(Runnable task) {
		this.handling.execute(this.connection, task);
	}

	/**
	 * Take no more tasks of the application. Any thread.
	 */
	final void closeCalls() {
		calls(Calls.CLOSED).close();
	}

}
