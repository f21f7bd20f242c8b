package io.zinx.codec;

import io.netty.buffer.ByteBuf;
import io.zinx.InvalidSettingException;

/**
 * Frames that end with a delimiter: lines by default.
 *
 * <pre>
 * +----------------+-----------+
 * |      body      | delimiter |      the line "ping" is 70696e67 0a
 * +----------------+-----------+
 * </pre>
 *
 * The bytes before the delimiter, possibly none, are the body of message 0; the format
 * has no message numbers. A line ends with {@code \n}; a {@code \r} before that is not
 * part of the body, and none is written. Another delimiter must match exactly.
 * <p>
 * A body that contains the delimiter arrives as several messages: it is neither escaped
 * nor checked when it is sent. A frame of more than {@code zinx.max-packet-size} bytes
 * without a delimiter is too long.
 */
public final class DelimiterCodec implements FrameCodec {

	private static final int LONGEST = 64;

	private final BytePattern delimiter;

	private final boolean line;

	/**
	 * Create a codec for lines.
	 */
	public DelimiterCodec() {
		this(new byte[] { '\n' }, true);
	}

	/**
	 * Create a codec.
	 * @param delimiter the bytes that end each frame, 1 to 64
	 * @throws InvalidSettingException if there are none or too many
	 */
	public DelimiterCodec(byte[] delimiter) {
		this(delimiter.clone(), false);
	}

	private DelimiterCodec(byte[] delimiter, boolean line) {
		InvalidSettingException.requireRange("delimiter.bytes", delimiter.length, 1, LONGEST);
		this.delimiter = new BytePattern(delimiter);
		this.line = line;
	}

	@Override
	public String name() {
		return "delimiter";
	}

	@Override
	public FrameDecoder newDecoder(int maxPacketSize) {
		return new Decoder(new DelimiterSearch(this.delimiter), this.line, maxPacketSize);
	}

	@Override
	public int headLength() {
		return 0;
	}

	@Override
	public int tailLength() {
		return this.delimiter.length();
	}

	@Override
	public int frameEnd(ByteBuf in, int bodyIndex, int bodyLength) {
		int end = bodyIndex + bodyLength;
		boolean carriageReturn = this.line && end < in.capacity() && in.getByte(end) == '\r';
		return end + this.delimiter.length() + (carriageReturn ? 1 : 0);
	}

	@Override
	public void writeHead(long msgId, int bodyLength, ByteBuf out) {
	}

	@Override
	public void writeTail(ByteBuf out, int frameStart) {
		out.writeBytes(this.delimiter.bytes());
	}

	/**
	 * The decoder of one connection.
	 */
	private static final class Decoder implements FrameDecoder {

		private final DelimiterSearch search;

		private final boolean line;

		private final int maxPacketSize;

		Decoder(DelimiterSearch search, boolean line, int maxPacketSize) {
			this.search = search;
			this.line = line;
			this.maxPacketSize = maxPacketSize;
		}

		@Override
		public int decode(ByteBuf in, Frame frame) {
			int longest = this.maxPacketSize + (this.line ? 1 : 0);
			int length = this.search.find(in, longest);
			if (length == DelimiterSearch.MORE) {
				return MORE;
			}
			int start = in.readerIndex();
			int body = (this.line && length > 0 && in.getByte(start + length - 1) == '\r') ? length - 1 : length;
			if (length == DelimiterSearch.NONE || body > this.maxPacketSize) {
				throw FrameTooLongException.ofUndelimited((length < 0) ? longest : length, this.maxPacketSize);
			}
			frame.set(0, start, body);
			in.readerIndex(start + length + this.search.length());
			return COMPLETE;
		}

	}

}
