package io.zinx.cluster;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The body of a heartbeat or goodbye.
 *
 * @param incarnation a random number that a node has from its start to its stop
 * @param connections the number of its connections
 * @param intervalMillis the time between two of its heartbeats
 * @param nanoTime the time of sending, by the clock of the sender
 */
record HeartbeatBody(long incarnation, int connections, int intervalMillis, long nanoTime) {

	private static final int LENGTH = 2 * Long.BYTES + 2 * Integer.BYTES;

	byte[] encode() {
		return ByteBuffer.allocate(LENGTH)
			.putLong(this.incarnation)
			.putInt(this.connections)
			.putInt(this.intervalMillis)
			.putLong(this.nanoTime)
			.array();
	}

	/**
	 * Decode a body.
	 * @param body the bytes
	 * @return the body, or {@code null} if they are none
	 */
	static @Nullable HeartbeatBody decode(byte[] body) {
		if (body.length != LENGTH) {
			return null;
		}
		ByteBuffer in = ByteBuffer.wrap(body);
		HeartbeatBody decoded = new HeartbeatBody(in.getLong(), in.getInt(), in.getInt(), in.getLong());
		return (decoded.connections < 0 || decoded.intervalMillis < 0) ? null : decoded;
	}

}
