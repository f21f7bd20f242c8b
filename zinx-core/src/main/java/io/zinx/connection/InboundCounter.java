package io.zinx.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What one connection has received. Its event loop writes; any thread reads.
 */
final class InboundCounter {

	private static final VarHandle MESSAGES = handle("messages");

	private static final VarHandle BYTES = handle("bytes");

	private static final VarHandle LAST_ACTIVE = handle("lastActive");

	private long messages;

	private long bytes;

	private volatile long lastActive;

	InboundCounter(long openedNanos) {
		this.lastActive = openedNanos;
	}

	void addBytes(long bytes, long now) {
		BYTES.setOpaque(this, this.bytes + bytes);
		LAST_ACTIVE.setOpaque(this, now);
	}

	void addMessages(long messages) {
		MESSAGES.setOpaque(this, this.messages + messages);
	}

	long messages() {
		return (long) MESSAGES.getOpaque(this);
	}

	long bytes() {
		return (long) BYTES.getOpaque(this);
	}

	/**
	 * When bytes were last received.
	 * @return the time in nanoseconds, as {@link Clocks#nanoTime()}
	 */
	long lastActive() {
		return this.lastActive;
	}

	private static VarHandle handle(String field) {
		try {
			return MethodHandles.lookup().findVarHandle(InboundCounter.class, field, long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

}
