package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;

/**
 * The encoding of a message: head, body and tail.
 */
abstract class MessageEncoding<T> implements Encoding<T> {

	@Override
	public long encodedLength(FrameCodec codec, long msgId, T body) {
		int length = length(body);
		if (msgId > codec.maxMsgId() || length < codec.minBodyLength() || length > codec.maxBodyLength()) {
			return -1;
		}
		return (long) codec.headLength() + length + codec.tailLength();
	}

	@Override
	public void write(FrameCodec codec, long msgId, T body, int length, ByteBuf out) {
		int start = out.writerIndex();
		int bodyLength = length - codec.headLength() - codec.tailLength();
		codec.writeHead(msgId, bodyLength, out);
		writeBody(body, bodyLength, out);
		codec.writeTail(out, start);
	}

	@Override
	public int messages() {
		return 1;
	}

	/**
	 * Write a body.
	 * @param length the length that it has returned
	 */
	abstract void writeBody(T body, int length, ByteBuf out);

}
