package io.zinx.codec;

/**
 * The bytes received cannot be a frame of the format, for example because a length is
 * less than that of the head that holds it.
 */
public final class CorruptFrameException extends FrameException {

	/**
	 * Create an exception.
	 * @param message what is wrong with the bytes
	 */
	public CorruptFrameException(String message) {
		super(message);
	}

}
