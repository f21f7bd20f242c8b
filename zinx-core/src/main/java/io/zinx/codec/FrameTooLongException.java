package io.zinx.codec;

/**
 * Thrown when a frame is too long: its body exceeds {@code zinx.max-packet-size}, or the
 * frame exceeds a bound of its format.
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
		this("Frame declares a body of " + Long.toUnsignedString(declared) + " bytes (zinx.max-packet-size: " + allowed
				+ ")", declared, allowed);
	}

	private FrameTooLongException(String message, long declared, long allowed) {
		super(message);
		this.declared = declared;
		this.allowed = allowed;
	}

	static FrameTooLongException ofFrame(long declared, long allowed) {
		return new FrameTooLongException(
				"Frame declares a length of " + Long.toUnsignedString(declared)
						+ " bytes (zinx.length-field.max-frame-length: " + Long.toUnsignedString(allowed) + ")",
				declared, allowed);
	}

	static FrameTooLongException ofUndelimited(long seen, long allowed) {
		return new FrameTooLongException(
				"No delimiter within the first " + seen + " bytes (zinx.max-packet-size: " + allowed + ")", seen,
				allowed);
	}

	/**
	 * The length that the frame declares, or its least length.
	 * @return bytes, to be read as an unsigned number
	 */
	public long declared() {
		return this.declared;
	}

	/**
	 * The longest length allowed.
	 * @return bytes, to be read as an unsigned number
	 */
	public long allowed() {
		return this.allowed;
	}

}
