package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * The search for a delimiter in the bytes of one connection. It remembers the searched
 * bytes, so that no byte of a long frame is searched again when more bytes arrive.
 */
final class DelimiterSearch {

	/** More bytes are needed. */
	static final int MORE = -1;

	/** There is no delimiter where there must be one. */
	static final int NONE = -2;

	private final BytePattern delimiter;

	/** The number of bytes behind the reader index that were searched. */
	private int seen;

	/** The number of bytes at their end that match the beginning of the delimiter. */
	private int matched;

	DelimiterSearch(BytePattern delimiter) {
		this.delimiter = delimiter;
	}

	/**
	 * The length of the delimiter.
	 */
	int length() {
		return this.delimiter.length();
	}

	/**
	 * Search for the delimiter behind the reader index, which does not move. If it is
	 * found, the next search begins a new frame.
	 * @param in the bytes, those of the last search first if it asked for more
	 * @param longest the most bytes that may come before the delimiter
	 * @return the number of bytes before it, {@link #MORE} or {@link #NONE}
	 */
	int find(ByteBuf in, int longest) {
		int start = in.readerIndex();
		int most = (int) Math.min(in.readableBytes(), (long) longest + length());
		int found = this.delimiter.find(in, start + this.seen, start + most, this.matched, (index) -> true) - start;
		if (found + length() <= most) {
			this.seen = 0;
			this.matched = 0;
			return found;
		}
		this.seen = most;
		this.matched = most - found;
		return (most - length() >= longest) ? NONE : MORE;
	}

}
