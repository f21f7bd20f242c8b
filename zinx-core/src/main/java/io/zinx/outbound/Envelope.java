package io.zinx.outbound;

import io.netty.buffer.ByteBuf;

/**
 * The bytes that the transport of a connection needs in front of each message. The head
 * of a WebSocket frame that is a whole message and not masked is described in RFC 6455,
 * section 5.2.
 */
public enum Envelope {

	/** None: messages follow one another in a stream of bytes. */
	NONE(0),

	/** The head of a WebSocket frame with binary data. */
	WEB_SOCKET_BINARY(0x82),

	/** The head of a WebSocket frame with text. */
	WEB_SOCKET_TEXT(0x81);

	/** The longest payload whose length is in the second byte of the head. */
	private static final int SHORT = 125;

	/** The second byte of the head if two bytes with the length follow. */
	private static final int IN_TWO_BYTES = 126;

	/** The second byte of the head if eight bytes with the length follow. */
	private static final int IN_EIGHT_BYTES = 127;

	private static final int LONGEST_IN_TWO_BYTES = 0xFFFF;

	private final int firstByte;

	Envelope(int firstByte) {
		this.firstByte = firstByte;
	}

	/**
	 * The envelope of WebSocket messages.
	 * @param text whether they are text
	 * @return the envelope
	 */
	public static Envelope webSocket(boolean text) {
		return text ? WEB_SOCKET_TEXT : WEB_SOCKET_BINARY;
	}

	/**
	 * The number of bytes in front of a message.
	 * @param length the length of the message in bytes
	 * @return 0 to 10
	 */
	public int headLength(long length) {
		if (this == NONE) {
			return 0;
		}
		if (length <= SHORT) {
			return 2;
		}
		return 2 + ((length <= LONGEST_IN_TWO_BYTES) ? Short.BYTES : Long.BYTES);
	}

	/**
	 * Write the bytes in front of a message.
	 * @param length the length of the message in bytes
	 * @param out the buffer to write to
	 */
	public void writeHead(int length, ByteBuf out) {
		if (this == NONE) {
			return;
		}
		out.writeByte(this.firstByte);
		if (length <= SHORT) {
			out.writeByte(length);
		}
		else if (length <= LONGEST_IN_TWO_BYTES) {
			out.writeByte(IN_TWO_BYTES).writeShort(length);
		}
		else {
			out.writeByte(IN_EIGHT_BYTES).writeLong(length);
		}
	}

	/**
	 * Return whether a buffer begins with all that {@link #writeHead} writes.
	 * @param in the buffer, which is not read
	 * @return {@code false} if bytes are missing
	 */
	public static boolean isWholeHead(ByteBuf in) {
		int there = in.readableBytes();
		return there >= 2 && there >= switch (in.getUnsignedByte(in.readerIndex() + 1)) {
			case IN_TWO_BYTES -> 2 + Short.BYTES;
			case IN_EIGHT_BYTES -> 2 + Long.BYTES;
			default -> 2;
		};
	}

	/**
	 * Return whether a head is that of text.
	 * @param firstByte its first byte
	 * @return whether it is {@link #WEB_SOCKET_TEXT}
	 */
	public static boolean isText(byte firstByte) {
		return (firstByte & 0xFF) == WEB_SOCKET_TEXT.firstByte;
	}

	/**
	 * Read what {@link #writeHead} has written.
	 * @param in a buffer that begins with it
	 * @return the length of the message that follows, in bytes
	 */
	public static long readHead(ByteBuf in) {
		in.skipBytes(1);
		int length = in.readUnsignedByte();
		return switch (length) {
			case IN_TWO_BYTES -> in.readUnsignedShort();
			case IN_EIGHT_BYTES -> in.readLong();
			default -> length;
		};
	}

}
