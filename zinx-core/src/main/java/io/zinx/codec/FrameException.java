package io.zinx.codec;

import io.zinx.ZinxException;

/**
 * What a peer sent cannot be read as frames. Its connection is closed. Carries no stack
 * trace: it tells of the peer, not of the code.
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
