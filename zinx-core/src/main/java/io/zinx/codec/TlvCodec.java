package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * Type, length, value in big-endian order: the default format of Zinx since v1.1.3
 * ({@code zinx_pack_tlv_big_endian}).
 *
 * <pre>
 * +--------------+--------------+----------------+
 * | msgId u32 BE | length u32 BE|      body      |
 * +--------------+--------------+----------------+
 *     4 bytes        4 bytes      length bytes
 * </pre>
 *
 * {@code msgId 1, "ping"} is {@code 00000001 00000004 70696e67}. The length counts the
 * body alone.
 */
public final class TlvCodec extends EightByteHeadCodec {

	@Override
	public String name() {
		return "tlv";
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
		out.writeLong(msgId << 32 | bodyLength);
	}

	@Override
	long msgId(ByteBuf in, int start) {
		return in.getUnsignedInt(start);
	}

	@Override
	long length(ByteBuf in, int start) {
		return in.getUnsignedInt(start + 4);
	}

}
