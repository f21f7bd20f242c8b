package io.zinx.connection;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import io.zinx.codec.Frame;
import io.zinx.diagnostics.Clocks;
import io.zinx.metrics.TrafficCounter;
import io.zinx.session.Registrable;

/**
 * The counters of everything one connection has received, which also feed those of its
 * event loop. The event loop writes; any thread reads. A superclass of the connection,
 * because an object of its own would cost memory for each ({@code docs/decisions/0020}).
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
	 * Count a frame by its message number; {@link #countMessages} counts it in the total.
	 * Event loop only.
	 * @param frame the frame
	 * @param bytes the number of bytes read for it, including those skipped before it
	 */
	public final void countFrame(Frame frame, int bytes) {
		long skipped = frame.takeSkipped();
		this.traffic.addFrameIn(frame.msgId(), bytes - skipped);
		if (skipped > 0) {
			this.traffic.addMessagesIn(0, skipped);
		}
	}

	/**
	 * Count received frames in the total. Event loop only.
	 * @param messages the number of frames
	 * @param skipped the number of bytes behind them that belong to no frame
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
	 * The time at which bytes were last received. Any thread.
	 * @return nanoseconds, as {@link Clocks#nanoTime()}; the time of the opening if there
	 * were none
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
