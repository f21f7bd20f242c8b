package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * Finds a delimiter in the bytes of one connection. Remembers how far it has looked, so
 * that no byte of a long frame is looked at again when the next ones arrive.
 */
final class DelimiterSearch {

	/** More bytes are needed. */
	static final int MORE = -1;

	/** There is no delimiter where there must be one. */
	static final int NONE = -2;

	private final byte[] delimiter;

	/**
	 * How many bytes behind the reader index cannot be the beginning of the delimiter.
	 */
	private int searched;

	DelimiterSearch(byte[] delimiter) {
		this.delimiter = delimiter;
	}

	/**
	 * The length of the delimiter.
	 */
	int length() {
		return this.delimiter.length;
	}

	/**
	 * Look for the delimiter behind the reader index, which stays. If it is found, the
	 * next search begins a new frame.
	 * @param in the bytes, those of the last search first if it asked for more
	 * @param longest the most bytes that may come before the delimiter
	 * @return how many bytes come before it, {@link #MORE} or {@link #NONE}
	 */
	int find(ByteBuf in, int longest) {
		int start = in.readerIndex();
		int last = Math.min(in.readableBytes() - this.delimiter.length, longest);
		while (this.searched <= last) {
			int found = in.indexOf(start + this.searched, start + last + 1, this.delimiter[0]);
			if (found < 0) {
				this.searched = last + 1;
			}
			else if (isDelimiter(in, found)) {
				this.searched = 0;
				return found - start;
			}
			else {
				this.searched = found - start + 1;
			}
		}
		return (this.searched > longest) ? NONE : MORE;
	}

	private boolean isDelimiter(ByteBuf in, int index) {
		for (int at = 1; at < this.delimiter.length; at++) {
			if (in.getByte(index + at) != this.delimiter[at]) {
				return false;
			}
		}
		return true;
	}

}
