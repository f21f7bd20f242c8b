package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * Length, type, value in little-endian order: the default format of Zinx v1.0.0 to
 * v1.1.2, of its course and of the MMO demo ({@code zinx_pack_ltv_little_endian}).
 *
 * <pre>
 * +--------------+--------------+----------------+
 * | length u32 LE| msgId u32 LE |      body      |
 * +--------------+--------------+----------------+
 *     4 bytes        4 bytes      length bytes
 * </pre>
 *
 * {@code msgId 1, "ping"} is {@code 04000000 01000000 70696e67}. The length counts the
 * body alone.
 */
public final class LtvCodec extends EightByteHeadCodec {

	@Override
	public String name() {
		return "ltv";
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		out.writeLongLE(msgId << 32 | bodyLength);
	}

	@Override
	long msgId(ByteBuf in, int start) {
		return in.getUnsignedIntLE(start + 4);
	}

	@Override
	long length(ByteBuf in, int start) {
		return in.getUnsignedIntLE(start);
	}

}
