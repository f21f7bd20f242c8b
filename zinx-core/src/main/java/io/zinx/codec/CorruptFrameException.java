package io.zinx.codec;

/**
 * The bytes received cannot be a frame of the format, for example because a check sum is
 * wrong.
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
