package io.zinx.heartbeat;

/**
 * The bytes that the socket has taken, and when. Event loop only.
 */
final class WrittenBytes {

	long written;

	/** When {@link #written} was last seen to change. */
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
