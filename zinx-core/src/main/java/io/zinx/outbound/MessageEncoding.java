package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;

/**
 * A head, a body and a tail.
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
	public void write(FrameCodec codec, long msgId, T body, ByteBuf out) {
		int start = out.writerIndex();
		codec.writeHead(msgId, length(body), out);
		writeBody(body, out);
		codec.writeTail(out, start);
	}

	@Override
	public int messages() {
		return 1;
	}

	abstract void writeBody(T body, ByteBuf out);

}
