package io.zinx.outbound;

import io.zinx.codec.FrameCodec;

/**
 * Bytes as they are.
 */
abstract class RawEncoding<T> implements Encoding<T> {

	@Override
	public long encodedLength(FrameCodec codec, long msgId, T bytes) {
		return length(bytes);
	}

	@Override
	public int messages() {
		return 0;
	}

}
