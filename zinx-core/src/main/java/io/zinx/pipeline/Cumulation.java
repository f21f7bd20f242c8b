package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zinx.message.Copying;

/**
 * The buffers of frames that span several reads.
 */
final class Cumulation {

	/**
	 * The length up to which the buffer of a frame has its full size at once; that of a
	 * longer one grows with the bytes that arrive.
	 */
	private static final int GATHER_AT_ONCE = 512;

	/** The least memory that is worth a copy to save. */
	private static final int LEAST_WASTE = 512;

	private Cumulation() {
	}

	/**
	 * Copy bytes out of an unshared buffer that is much larger.
	 * @param buffer the buffer; ownership is passed
	 * @return the same buffer, or one of the size of its content
	 */
	static ByteBuf fitted(ByteBufAllocator alloc, ByteBuf buffer) {
		return (buffer.refCnt() == 1) ? copiedOut(alloc, buffer) : buffer;
	}

	/**
	 * Copy bytes out of a buffer, possibly shared, that is much larger.
	 * @param buffer the buffer; ownership is passed
	 * @return the same buffer, or one of the size of its readable bytes
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
	 * Copy the readable bytes of a buffer, which may be shared, into one that can be
	 * written to.
	 * @param buffer the buffer; ownership is passed
	 * @param missing the most bytes that its frame misses, 0 or more
	 * @return a buffer of about twice the size of the bytes, but not larger than the
	 * frame
	 */
	static ByteBuf moved(ByteBufAllocator alloc, ByteBuf buffer, int missing) {
		int readable = buffer.readableBytes();
		ByteBuf begun = alloc.buffer(room(readable, missing));
		copy(buffer, readable, begun);
		buffer.release();
		return begun;
	}

	/**
	 * Append bytes of a buffer to an incomplete frame.
	 * @param begun the buffer of the incomplete frame, which grows if necessary
	 * @param in the buffer to read from
	 * @param length the number of bytes
	 * @param missing the most bytes that the frame misses after that, 0 or more
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
	 * Append one buffer to another. A shared buffer, or a full one that cannot grow, is
	 * copied.
	 * @param first the first buffer; ownership is passed
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
