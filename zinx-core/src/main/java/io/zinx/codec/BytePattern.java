package io.zinx.codec;

import java.util.function.IntPredicate;

import io.netty.buffer.ByteBuf;

/**
 * A row of bytes that is looked for. However much what is looked through resembles it, no
 * byte is read twice. Any thread.
 */
final class BytePattern {

	private final byte[] bytes;

	/**
	 * The bytes of the pattern that still match, at most, when so many did and the next
	 * one does not.
	 */
	private final int[] borders;

	/**
	 * Look for bytes.
	 * @param bytes the bytes, 1 or more; not changed by anybody
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
	 * Find the first place where the pattern stands.
	 * @param in the bytes to look through
	 * @param from the absolute index of the first one that was not looked at
	 * @param end the absolute index behind the last one
	 * @param matched how many bytes before the first one are the beginning of the pattern
	 * @param accepted asked about each place where the pattern stands
	 * @return the absolute index of the first place that is accepted; if there is none,
	 * of the beginning of the pattern with which the bytes end, which is {@code end} if
	 * they do not
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
	 * Whether the pattern, or as much of it as there are bytes, stands at an index.
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
