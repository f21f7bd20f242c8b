package io.zinx.outbound;

import io.zinx.codec.FrameCodec;

/**
 * The encoding of raw bytes, without head or tail.
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
