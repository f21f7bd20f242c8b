package io.zinx.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Messages and bytes of one event loop. Only that event loop adds; any thread reads, and
 * sees each number whole and never going back.
 */
public sealed class TrafficCounter {

	private static final VarHandle MESSAGES_IN = handle("messagesIn");

	private static final VarHandle BYTES_IN = handle("bytesIn");

	private static final VarHandle BYTES_SKIPPED = handle("bytesSkipped");

	private static final VarHandle MESSAGES_OUT = handle("messagesOut");

	private static final VarHandle BYTES_OUT = handle("bytesOut");

	private long messagesIn;

	private long bytesIn;

	private long bytesSkipped;

	private long messagesOut;

	private long bytesOut;

	TrafficCounter() {
	}

	/**
	 * Count bytes read from sockets. Event loop only.
	 * @param bytes how many
	 */
	public void addBytesIn(long bytes) {
		BYTES_IN.setOpaque(this, this.bytesIn + bytes);
	}

	/**
	 * Count frames cut out of what was read. Event loop only.
	 * @param messages how many
	 * @param skipped how many bytes between them belong to no frame
	 */
	public void addMessagesIn(long messages, long skipped) {
		if (skipped > 0) {
			BYTES_SKIPPED.setOpaque(this, this.bytesSkipped + skipped);
		}
		MESSAGES_IN.setOpaque(this, this.messagesIn + messages);
	}

	/**
	 * Count frames handed to a socket. Event loop only.
	 * @param messages how many frames
	 * @param bytes how many bytes they have together
	 */
	public void addOut(long messages, long bytes) {
		MESSAGES_OUT.setOpaque(this, this.messagesOut + messages);
		BYTES_OUT.setOpaque(this, this.bytesOut + bytes);
	}

	long messagesIn() {
		return (long) MESSAGES_IN.getOpaque(this);
	}

	long bytesIn() {
		return (long) BYTES_IN.getOpaque(this);
	}

	long bytesSkipped() {
		return (long) BYTES_SKIPPED.getOpaque(this);
	}

	long messagesOut() {
		return (long) MESSAGES_OUT.getOpaque(this);
	}

	long bytesOut() {
		return (long) BYTES_OUT.getOpaque(this);
	}

	private static VarHandle handle(String field) {
		try {
			return MethodHandles.lookup().findVarHandle(TrafficCounter.class, field, long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Counts nothing.
	 */
	static final class Off extends TrafficCounter {

		@Override
		public void addBytesIn(long bytes) {
		}

		@Override
		public void addMessagesIn(long messages, long skipped) {
		}

		@Override
		public void addOut(long messages, long bytes) {
		}

	}

}
