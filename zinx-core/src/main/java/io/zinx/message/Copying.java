package io.zinx.message;

import io.netty.buffer.ByteBuf;

/**
 * Copies between buffers, in one step where the memory addresses of both are known. Netty
 * does so only if the source buffer does the work; the other way round, a buffer of its
 * adaptive allocator allocates two objects for each copy.
 */
public final class Copying {

	private Copying() {
	}

	/**
	 * Append bytes of one buffer to another, without moving the source's reader index.
	 * @param from the source
	 * @param index the index of the first byte in it
	 * @param length the number of bytes, 0 or more
	 * @param to the buffer they are written to, which grows if it must
	 */
	public static void copy(ByteBuf from, int index, int length, ByteBuf to) {
		if (!from.hasMemoryAddress() || !to.hasMemoryAddress()) {
			to.writeBytes(from, index, length);
			return;
		}
		to.ensureWritable(length);
		int end = to.writerIndex();
		from.getBytes(index, to, end, length);
		to.writerIndex(end + length);
	}

}
