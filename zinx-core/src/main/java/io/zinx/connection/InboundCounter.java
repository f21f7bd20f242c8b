package io.zinx.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.zinx.codec.Frame;
import io.zinx.diagnostics.Clocks;
import io.zinx.metrics.TrafficCounter;
import io.zinx.session.Registrable;

/**
 * Counts everything one connection has received, for its event loop, too. The event loop
 * writes; any thread reads. Part of the connection, because an object of its own would be
 * memory for each ({@code docs/decisions/0020}).
 */
abstract class InboundCounter extends Registrable {

	private static final VarHandle MESSAGES = handle("messages");

	private static final VarHandle BYTES = handle("bytes");

	private static final VarHandle LAST_ACTIVE = handle("lastActive");

	private final TrafficCounter traffic;

	private long messages;

	private long bytes;

	private volatile long lastActive;

	InboundCounter(TrafficCounter traffic, long openedNanos) {
		this.traffic = traffic;
		this.lastActive = openedNanos;
	}

	final void countBytes(long bytes, long now) {
		BYTES.setOpaque(this, this.bytes + bytes);
		LAST_ACTIVE.setOpaque(this, now);
		this.traffic.addBytesIn(bytes);
	}

	/**
	 * Count by its number a frame cut out of what was read; {@link #countMessages} counts
	 * it once more, with all that were cut. Event loop only.
	 * @param frame the frame
	 * @param bytes how many bytes were read for it, those skipped before it included
	 */
	public final void countFrame(Frame frame, int bytes) {
		long skipped = frame.takeSkipped();
		this.traffic.addFrameIn(frame.msgId(), bytes - skipped);
		if (skipped > 0) {
			this.traffic.addMessagesIn(0, skipped);
		}
	}

	/**
	 * Count frames cut out of what was read. Event loop only.
	 * @param messages how many
	 * @param skipped how many bytes behind them belong to no frame
	 */
	public final void countMessages(long messages, long skipped) {
		MESSAGES.setOpaque(this, this.messages + messages);
		this.traffic.addMessagesIn(messages, skipped);
	}

	/**
	 * The number of messages received.
	 * @return as {@link Connection#messagesIn}
	 */
	public long messagesIn() {
		return (long) MESSAGES.getOpaque(this);
	}

	/**
	 * The number of bytes received.
	 * @return as {@link Connection#bytesIn}
	 */
	public long bytesIn() {
		return (long) BYTES.getOpaque(this);
	}

	/**
	 * When bytes were last received. Any thread.
	 * @return nanoseconds, as {@link Clocks#nanoTime()}; when the connection was opened
	 * if none were
	 */
	public final long lastActiveNanos() {
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
