package io.zinx.codec;

/**
 * A frame arrived whole, but its check sum is not that of its bytes.
 */
public final class ChecksumException extends FrameException {

	private final int received;

	private final int computed;

	/**
	 * Create an exception for one frame.
	 * @param received the check sum in the frame
	 * @param computed the check sum of the frame's bytes
	 */
	public ChecksumException(int received, int computed) {
		super("Frame has checksum 0x" + Integer.toHexString(received) + ", but its bytes have checksum 0x"
				+ Integer.toHexString(computed));
		this.received = received;
		this.computed = computed;
	}

	/**
	 * The check sum in the frame.
	 * @return the number, not the order of its bytes on the wire
	 */
	public int received() {
		return this.received;
	}

	/**
	 * The check sum of the frame's bytes.
	 * @return the number, not the order of its bytes on the wire
	 */
	public int computed() {
		return this.computed;
	}

}
