package io.zinx.heartbeat;

/**
 * The number of bytes that the socket has accepted, with the time of its last change.
 * Event loop only.
 */
final class WrittenBytes {

	long written;

	/** The time at which {@link #written} was last seen to change. */
	long writtenAt;

	WrittenBytes(long written, long now) {
		this.written = written;
		this.writtenAt = now;
	}

	boolean note(long written, long now) {
		if (this.written == written) {
			return false;
		}
		this.written = written;
		this.writtenAt = now;
		return true;
	}

}
