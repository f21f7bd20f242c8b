package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * Splits the bytes of one connection into frames. Called on the connection's event loop
 * only. A decoder without state may serve all connections.
 */
@FunctionalInterface
public interface FrameDecoder {

	/**
	 * Result of {@link #decode}: a frame was filled in.
	 */
	int COMPLETE = 0;

	/**
	 * Result of {@link #decode}: more bytes are needed, in a number that is not known
	 * yet.
	 */
	int MORE = -1;

	/**
	 * Read the next frame. If it is complete, fill in {@code frame}, move the reader
	 * index behind it and return {@link #COMPLETE}. Otherwise leave the reader index as
	 * it is and return the least number of bytes that are missing, or {@link #MORE}.
	 * Bytes that belong to no frame may be skipped in any case. The buffer must be
	 * neither kept nor released; the next call may pass another one, which begins with
	 * the bytes that were left.
	 * @param in the bytes received and not yet decoded; at least one
	 * @param frame the result, filled in by this method
	 * @return {@link #COMPLETE}, a number of missing bytes, or {@link #MORE}
	 * @throws FrameTooLongException if the frame declares more than is allowed; thrown as
	 * soon as the length is known, before its body has arrived
	 * @throws CorruptFrameException if the bytes cannot be a frame
	 * @throws ChecksumException if the frame's checksum is wrong
	 */
	int decode(ByteBuf in, Frame frame);

}
