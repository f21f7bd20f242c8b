package io.zinx.message;

import io.netty.buffer.ByteBuf;

/**
 * Copies from one buffer behind what is in another, in one step where the memory of both
 * is known by its address. Netty does so only if the buffer that is read from does the
 * work; the other way round a buffer of its adaptive allocator makes two objects of each
 * copy.
 */
public final class Copying {

	private Copying() {
	}

	/**
	 * Copy bytes, without moving the source's reader index.
	 * @param from the source
	 * @param index where the bytes begin in it
	 * @param length how many bytes, 0 or more
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
