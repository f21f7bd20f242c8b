package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * A decoder that can look at a head without decoding: for who looks for the next frame
 * among bytes that are none, to whom an exception for each byte would cost too much.
 */
interface HeadCheck extends FrameDecoder {

	/**
	 * Whether a frame may begin at an index.
	 * @param in the bytes
	 * @param index the absolute index
	 * @return {@code false} if the head that stands there would be refused; {@code true}
	 * if not, or if there are too few bytes to tell
	 */
	boolean mayBegin(ByteBuf in, int index);

}
