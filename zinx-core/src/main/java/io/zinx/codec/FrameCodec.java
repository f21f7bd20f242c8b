package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * A wire format: turns messages into frames and makes the decoders that turn bytes back
 * into messages. One object serves both directions, so they cannot disagree.
 * <p>
 * A frame is written as head, body, tail. A codec is shared by all connections and must
 * be safe for any thread; state that lasts from one read to the next belongs into the
 * {@link FrameDecoder} that it makes for each connection.
 */
public interface FrameCodec {

	/**
	 * The format's name in logs and in the {@code zinx.codec} property.
	 * @return a short lower case name, for example {@code tlv}
	 */
	String name();

	/**
	 * Make the decoder of one connection. Called on its event loop.
	 * @param maxPacketSize the longest body allowed, in bytes
	 * @return a decoder, which may be shared if it has no state
	 */
	FrameDecoder newDecoder(int maxPacketSize);

	/**
	 * The number of bytes before the body.
	 * @return bytes, 0 or more, the same for every frame
	 */
	int headLength();

	/**
	 * The number of bytes after the body.
	 * @return bytes, 0 or more, the same for every frame; 0 by default
	 */
	default int tailLength() {
		return 0;
	}

	/**
	 * The shortest body this format can express. A shorter one is not sent.
	 * @return bytes; 0 by default
	 */
	default int minBodyLength() {
		return 0;
	}

	/**
	 * The longest body this format can express. A longer one is not sent.
	 * @return bytes; 2 GiB less a little by default
	 */
	default int maxBodyLength() {
		return Integer.MAX_VALUE - 1024;
	}

	/**
	 * The largest message number this format can express. A message with a larger one is
	 * not sent. A format that has no message numbers leaves them out and takes any.
	 * @return 4294967295 by default
	 */
	default long maxMsgId() {
		return 0xFFFF_FFFFL;
	}

	/**
	 * The index of the first byte of a received frame, for callers that need more of it
	 * than the body. Any thread.
	 * @param bodyIndex the absolute index of the body's first byte
	 * @return an absolute index, {@link #headLength()} before the body by default
	 */
	default int frameStart(int bodyIndex) {
		return bodyIndex - headLength();
	}

	/**
	 * The index behind the last byte of a received frame, for callers that need more of
	 * it than the body. Any thread.
	 * @param in the buffer that was decoded
	 * @param bodyIndex the absolute index of the body's first byte
	 * @param bodyLength the length of the body in bytes
	 * @return the absolute index behind the frame, {@link #tailLength()} behind the body
	 * by default
	 */
	default int frameEnd(ByteBuf in, int bodyIndex, int bodyLength) {
		return bodyIndex + bodyLength + tailLength();
	}

	/**
	 * Write the bytes before the body, exactly {@link #headLength()} bytes. Any thread.
	 * @param msgId the message number, at most {@link #maxMsgId()}
	 * @param bodyLength the length of the body, {@link #minBodyLength()} to
	 * {@link #maxBodyLength()}
	 * @param out the buffer to write to, with enough space
	 */
	void writeHead(long msgId, int bodyLength, ByteBuf out);

	/**
	 * Write the bytes after the body, exactly {@link #tailLength()} bytes. Any thread.
	 * @param out the buffer to write to, with enough space
	 * @param frameStart the absolute index of the frame's first byte in {@code out}; head
	 * and body are between it and the writer index
	 */
	default void writeTail(ByteBuf out, int frameStart) {
	}

}
