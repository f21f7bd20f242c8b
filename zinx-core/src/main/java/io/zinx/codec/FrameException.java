package io.zinx.codec;

import io.zinx.ZinxException;

/**
 * Thrown by a {@link FrameDecoder} when the bytes of a peer are no frames; the connection
 * is closed. Has no stack trace, because the cause is the peer and not the code.
 */
public abstract sealed class FrameException extends ZinxException
		permits FrameTooLongException, CorruptFrameException, ChecksumException {

	FrameException(String message) {
		super(message);
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
