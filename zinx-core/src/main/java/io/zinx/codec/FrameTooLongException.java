package io.zinx.codec;

/**
 * A frame declares a body longer than {@code zinx.max-packet-size}.
 */
public final class FrameTooLongException extends FrameException {

	private final long declared;

	private final long allowed;

	/**
	 * Create an exception for one frame.
	 * @param declared the length the frame declares, in bytes
	 * @param allowed the longest body allowed, in bytes
	 */
	public FrameTooLongException(long declared, long allowed) {
		super("Frame declares a body of " + Long.toUnsignedString(declared) + " bytes (max-packet-size: " + allowed
				+ ")");
		this.declared = declared;
		this.allowed = allowed;
	}

	/**
	 * The length the frame declares.
	 * @return bytes, to be read as an unsigned number
	 */
	public long declared() {
		return this.declared;
	}

	/**
	 * The longest body allowed.
	 * @return bytes
	 */
	public long allowed() {
		return this.allowed;
	}

}
