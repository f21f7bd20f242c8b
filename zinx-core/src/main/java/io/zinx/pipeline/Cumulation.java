package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zinx.message.Copying;

/**
 * Gathers begun frames.
 */
final class Cumulation {

	/** Larger frames are gathered in a buffer that grows with what arrives. */
	private static final int GATHER_AT_ONCE = 512;

	/** Less memory than this is not worth a copy. */
	private static final int LEAST_WASTE = 512;

	private Cumulation() {
	}

	/**
	 * Copy bytes out of memory that nobody else holds and that is much larger.
	 * @param buffer the buffer; given away
	 * @return the same buffer, or one of the size of what is in it
	 */
	static ByteBuf fitted(ByteBufAllocator alloc, ByteBuf buffer) {
		return (buffer.refCnt() == 1) ? copiedOut(alloc, buffer) : buffer;
	}

	/**
	 * Copy bytes out of memory that is much larger, whoever holds the rest of it.
	 * @param buffer the buffer; given away
	 * @return the same buffer, or one of the size of what is left in it
	 */
	static ByteBuf copiedOut(ByteBufAllocator alloc, ByteBuf buffer) {
		int readable = buffer.readableBytes();
		if (readable == 0 || buffer.capacity() - readable < Math.max(LEAST_WASTE, readable)) {
			return buffer;
		}
		ByteBuf own = alloc.buffer(readable);
		copy(buffer, readable, own);
		buffer.release();
		return own;
	}

	/**
	 * Move what is left of a buffer, which others may be reading by now, into one that is
	 * ours to write to.
	 * @param buffer the buffer; given away
	 * @param missing the most that the frame in it misses, 0 or more
	 * @return a buffer with room for what has come and about as much again, but not for
	 * more than the frame
	 */
	static ByteBuf moved(ByteBufAllocator alloc, ByteBuf buffer, int missing) {
		int readable = buffer.readableBytes();
		ByteBuf begun = alloc.buffer(room(readable, missing));
		copy(buffer, readable, begun);
		buffer.release();
		return begun;
	}

	/**
	 * Take bytes out of a buffer and put them behind a begun frame.
	 * @param begun the begun frame, which grows if it must
	 * @param in where they are taken from
	 * @param length how many
	 * @param missing the most that the frame misses then, 0 or more
	 */
	static void append(ByteBuf begun, ByteBuf in, int length, int missing) {
		if (length > begun.writableBytes()) {
			begun.capacity(begun.readerIndex() + room(begun.readableBytes() + length, missing));
		}
		copy(in, length, begun);
	}

	private static int room(int there, int missing) {
		long whole = Math.min((long) there + missing, Integer.MAX_VALUE);
		return (int) Math.min(whole, Math.max(GATHER_AT_ONCE, 2L * there));
	}

	private static void copy(ByteBuf in, int length, ByteBuf begun) {
		Copying.copy(in, in.readerIndex(), length, begun);
		in.skipBytes(length);
	}

	/**
	 * Put one buffer behind another. What others hold, or what was read into memory that
	 * cannot grow and is full, is copied.
	 * @param first the buffer in front; given away
	 * @param second the other one; not released
	 * @return a buffer with the bytes of both
	 */
	static ByteBuf joined(ByteBufAllocator alloc, ByteBuf first, ByteBuf second) {
		if (first.refCnt() == 1 && second.readableBytes() <= first.maxWritableBytes()) {
			return first.writeBytes(second);
		}
		ByteBuf both = alloc.buffer(first.readableBytes() + second.readableBytes());
		both.writeBytes(first).writeBytes(second);
		first.release();
		return both;
	}

}
