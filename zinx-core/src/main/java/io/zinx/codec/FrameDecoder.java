package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * Cuts frames out of the bytes of one connection. Called on the connection's event loop
 * only. A decoder without state may serve all connections.
 */
@FunctionalInterface
public interface FrameDecoder {

	/**
	 * What {@link #decode} returns when it has filled in a frame.
	 */
	int COMPLETE = 0;

	/**
	 * What {@link #decode} returns when more bytes are needed and only they will tell how
	 * many.
	 */
	int MORE = -1;

	/**
	 * Read the next frame. With a whole frame at hand, fill in {@code frame}, move the
	 * reader index behind the frame and return {@link #COMPLETE}. Otherwise leave the
	 * reader index where it is and return how many bytes are missing at least, or
	 * {@link #MORE}. Bytes that belong to no frame may be skipped in any case. The buffer
	 * is not kept and not released; the next call may bring another one, whose bytes
	 * begin with those that were left.
	 * @param in the bytes received and not yet decoded; at least one
	 * @param frame where to put the result
	 * @return {@link #COMPLETE}, a number of missing bytes, or {@link #MORE}
	 * @throws FrameTooLongException if the frame declares more than is allowed; thrown as
	 * soon as the length is known, before its body has arrived
	 * @throws CorruptFrameException if the bytes cannot be a frame
	 * @throws ChecksumException if the frame's check sum is wrong
	 */
	int decode(ByteBuf in, Frame frame);

}
