package io.zinx.codec;

/**
 * Thrown when received bytes cannot be a frame of the format, for example because a
 * length is less than that of the head that contains it.
 */
public final class CorruptFrameException extends FrameException {

	/**
	 * Create an exception.
	 * @param message the fault of the bytes
	 */
	public CorruptFrameException(String message) {
		super(message);
	}

}
