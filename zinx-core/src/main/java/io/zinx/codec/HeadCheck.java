package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * A decoder that can check a head without decoding, for the search of the next frame
 * among other bytes, where an exception for each byte would cost too much.
 */
interface HeadCheck extends FrameDecoder {

	/**
	 * Return whether a frame may begin at an index.
	 * @param in the bytes
	 * @param index the absolute index
	 * @return {@code false} if the head at the index is invalid; {@code true} if it is
	 * valid, or if there are too few bytes to tell
	 */
	boolean mayBegin(ByteBuf in, int index);

}
