package io.zinx.codec;

import java.util.function.IntPredicate;

import io.netty.buffer.ByteBuf;

/**
 * A byte pattern to search for, in time linear to the searched bytes: no byte is read
 * twice, whatever the input. Any thread.
 */
final class BytePattern {

	private final byte[] bytes;

	/**
	 * The length of the longest match that remains, by the length of the match that
	 * failed at its next byte.
	 */
	private final int[] borders;

	/**
	 * Create a pattern.
	 * @param bytes the bytes, 1 or more; must not be changed
	 */
	BytePattern(byte[] bytes) {
		this.bytes = bytes;
		this.borders = new int[bytes.length + 1];
		for (int at = 1; at < bytes.length; at++) {
			this.borders[at + 1] = next(this.borders[at], bytes[at]);
		}
	}

	int length() {
		return this.bytes.length;
	}

	byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Find the first occurrence of the pattern.
	 * @param in the bytes to search
	 * @param from the absolute index of the first one that was not searched yet
	 * @param end the absolute index behind the last one
	 * @param matched the number of bytes before the first one that match the beginning of
	 * the pattern
	 * @param accepted accepts or rejects each occurrence
	 * @return the absolute index of the first accepted occurrence; if there is none, that
	 * of a beginning of the pattern at the end of the bytes, or {@code end} if there is
	 * no such beginning
	 */
	int find(ByteBuf in, int from, int end, int matched, IntPredicate accepted) {
		int known = matched;
		int at = from;
		while (at < end) {
			if (known == 0) {
				at = in.indexOf(at, end, this.bytes[0]);
				if (at < 0) {
					return end;
				}
				known = 1;
			}
			else {
				known = next(known, in.getByte(at));
			}
			at++;
			if (known == this.bytes.length) {
				if (accepted.test(at - known)) {
					return at - known;
				}
				known = this.borders[known];
			}
		}
		return end - known;
	}

	/**
	 * True if the bytes at an index match the pattern, as far as there are bytes.
	 */
	boolean isAt(ByteBuf in, int index) {
		int length = Math.min(this.bytes.length, in.writerIndex() - index);
		for (int at = 0; at < length; at++) {
			if (in.getByte(index + at) != this.bytes[at]) {
				return false;
			}
		}
		return true;
	}

	private int next(int matched, byte next) {
		int known = matched;
		while (known > 0 && this.bytes[known] != next) {
			known = this.borders[known];
		}
		return (this.bytes[known] == next) ? known + 1 : 0;
	}

}
