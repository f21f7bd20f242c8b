package io.zinx.link;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The decision which protocol the first bytes of a client begin. It is made as soon as
 * the bytes exclude all others.
 */
final class FirstBytes {

	/** The begin of a header of the PROXY protocol, version 1: a line of text. */
	private static final byte[] PROXY_1 = "PROXY ".getBytes(StandardCharsets.US_ASCII);

	/** The begin of a header of the PROXY protocol, version 2. */
	private static final byte[] PROXY_2 = { 0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A };

	private static final byte[] GET = "GET ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] HEAD = "HEAD ".getBytes(StandardCharsets.US_ASCII);

	/** The number of bytes of a version 2 header before its addresses. */
	private static final int PROXY_2_HEAD = 16;

	/** The longest version 2 header that is read, with its values, in bytes. */
	static final int LONGEST_PROXY_2 = 4096;

	private static final int HANDSHAKE_RECORD = 22;

	private static final int CLIENT_HELLO = 1;

	/** The longest record of TLS without encryption, in bytes. */
	private static final int LONGEST_RECORD = 16640;

	private FirstBytes() {
	}

	/**
	 * Decide.
	 * @param bytes all bytes so far, of which none is taken
	 * @param proxy whether a header of the PROXY protocol is possible
	 * @param tls whether TLS is possible
	 * @param http whether an HTTP request is possible
	 * @return the protocol; {@code null} if more bytes are needed
	 */
	static @Nullable Protocol decide(ByteBuf bytes, boolean proxy, boolean tls, boolean http) {
		boolean open = !bytes.isReadable();
		if (proxy) {
			Match match = proxyHeader(bytes);
			if (match == Match.YES) {
				return Protocol.PROXY;
			}
			open |= match == Match.MAYBE;
		}
		if (tls) {
			Match match = clientHello(bytes);
			if (match == Match.YES) {
				return Protocol.TLS;
			}
			open |= match == Match.MAYBE;
		}
		if (http) {
			Match match = request(bytes);
			if (match == Match.YES) {
				return Protocol.HTTP;
			}
			open |= match == Match.MAYBE;
		}
		return open ? null : Protocol.MESSAGES;
	}

	/**
	 * Match the begin of a request line. Its fifth byte decides for the wire format
	 * {@code tlv}: as the first byte of a length it would mean 512 MB or more.
	 */
	private static Match request(ByteBuf bytes) {
		Match get = begins(bytes, GET);
		if (get == Match.YES) {
			boolean more = bytes.readableBytes() > GET.length;
			boolean target = more && bytes.getByte(bytes.readerIndex() + GET.length) > ' ';
			return more ? (target ? Match.YES : Match.NO) : Match.MAYBE;
		}
		return (get == Match.MAYBE) ? get : begins(bytes, HEAD);
	}

	private static Match proxyHeader(ByteBuf bytes) {
		Match first = begins(bytes, PROXY_1);
		return (first != Match.NO) ? first : begins(bytes, PROXY_2);
	}

	private static Match begins(ByteBuf bytes, byte[] with) {
		int length = Math.min(bytes.readableBytes(), with.length);
		for (int index = 0; index < length; index++) {
			if (bytes.getByte(bytes.readerIndex() + index) != with[index]) {
				return Match.NO;
			}
		}
		return (length == with.length) ? Match.YES : Match.MAYBE;
	}

	/**
	 * Match the begin of a TLS record with the message that clients begin with: type 22,
	 * version 3.x, a length of two bytes, message 1.
	 */
	private static Match clientHello(ByteBuf bytes) {
		int start = bytes.readerIndex();
		int readable = bytes.readableBytes();
		boolean excluded = (readable > 0 && bytes.getByte(start) != HANDSHAKE_RECORD)
				|| (readable > 1 && bytes.getByte(start + 1) != 3)
				|| (readable > 2 && (bytes.getByte(start + 2) < 1 || bytes.getByte(start + 2) > 4))
				|| (readable > 3 && bytes.getUnsignedByte(start + 3) > LONGEST_RECORD >> Byte.SIZE)
				|| (readable > 4 && isNoLength(bytes.getUnsignedShort(start + 3)))
				|| (readable > 5 && bytes.getByte(start + 5) != CLIENT_HELLO);
		if (excluded) {
			return Match.NO;
		}
		return (readable > 5) ? Match.YES : Match.MAYBE;
	}

	private static boolean isNoLength(int length) {
		return length < 1 || length > LONGEST_RECORD;
	}

	/**
	 * Check the length of a header of the PROXY protocol. A header in which the proxy
	 * speaks for itself (command 0) may have any, because what it contains is skipped.
	 * @param bytes the first bytes, for which {@link #decide} returned PROXY
	 * @return whether it is short enough to be read
	 */
	static Match isShortEnough(ByteBuf bytes) {
		int start = bytes.readerIndex();
		if (bytes.getByte(start) == PROXY_1[0]) {
			return Match.YES;
		}
		if (bytes.readableBytes() < PROXY_2_HEAD) {
			return Match.MAYBE;
		}
		boolean local = (bytes.getByte(start + PROXY_2.length) & 0x0F) == 0;
		int rest = bytes.getUnsignedShort(start + PROXY_2_HEAD - Short.BYTES);
		return (local || rest <= LONGEST_PROXY_2 - PROXY_2_HEAD) ? Match.YES : Match.NO;
	}

	/**
	 * A protocol that the first bytes can begin.
	 */
	enum Protocol {

		/** A header of the PROXY protocol. */
		PROXY,

		/** TLS. */
		TLS,

		/** A request of HTTP, for a WebSocket connection. */
		HTTP,

		/** Messages in plain text. */
		MESSAGES

	}

	/**
	 * The answer to a question about bytes.
	 */
	enum Match {

		/** Yes, whatever follows. */
		YES,

		/** More bytes are needed. */
		MAYBE,

		/** No, whatever follows. */
		NO

	}

}
