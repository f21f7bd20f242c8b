package io.zinx.codec;

/**
 * Thrown when a complete frame has a checksum that is not the one of its bytes.
 */
public final class ChecksumException extends FrameException {

	private final int received;

	private final int computed;

	/**
	 * Create an exception for one frame.
	 * @param received the checksum in the frame
	 * @param computed the checksum of the frame's bytes
	 */
	public ChecksumException(int received, int computed) {
		super("Frame has checksum 0x" + Integer.toHexString(received) + ", but its bytes have checksum 0x"
				+ Integer.toHexString(computed));
		this.received = received;
		this.computed = computed;
	}

	/**
	 * The checksum in the frame.
	 * @return the number, not the order of its bytes on the wire
	 */
	public int received() {
		return this.received;
	}

	/**
	 * The checksum of the frame's bytes.
	 * @return the number, not the order of its bytes on the wire
	 */
	public int computed() {
		return this.computed;
	}

}
