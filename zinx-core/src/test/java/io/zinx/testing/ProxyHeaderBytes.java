package io.zinx.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Headers of the PROXY protocol, made by hand after its specification.
 */
public final class ProxyHeaderBytes {

	/** The address of the client that the headers name. */
	public static final String CLIENT = "192.0.2.7";

	/** The port of the client that the headers name. */
	public static final int PORT = 51234;

	/** The begin of each header of version 2. */
	public static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

	private ProxyHeaderBytes() {
	}

	/**
	 * A header of version 1 for {@link #CLIENT}.
	 * @return its bytes
	 */
	public static byte[] v1() {
		return line("PROXY TCP4 " + CLIENT + " 198.51.100.1 " + PORT + " 443");
	}

	/**
	 * A header of version 1 with any text.
	 * @param text the line, without its end
	 * @return its bytes
	 */
	public static byte[] line(String text) {
		return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * A header of version 2 for {@link #CLIENT}.
	 * @param values pairs of type and content
	 * @return its bytes
	 */
	public static byte[] v2(Value... values) {
		byte[] addresses = HexFormat.of().parseHex("c0000207" + "c6336401" + "c822" + "01bb");
		return v2(0x21, 0x11, join(addresses, all(values)));
	}

	/**
	 * A header of version 2 for a client with IPv6.
	 * @return its bytes
	 */
	public static byte[] v2WithIpv6() {
		String client = "20010db8000000000000000000000007";
		String server = "20010db8000000000000000000000001";
		return v2(0x21, 0x21, HexFormat.of().parseHex(client + server + "c822" + "01bb"));
	}

	/**
	 * A header of version 2 in which a proxy speaks for itself.
	 * @param block what is to be skipped
	 * @return its bytes
	 */
	public static byte[] local(byte[] block) {
		return v2(0x20, 0x00, block);
	}

	/**
	 * Any header of version 2.
	 * @param command the byte of version and command
	 * @param family the byte of family and protocol
	 * @param block what follows the length
	 * @return its bytes
	 */
	public static byte[] v2(int command, int family, byte[] block) {
		return ByteBuffer.allocate(16 + block.length)
			.put(SIGNATURE)
			.put((byte) command)
			.put((byte) family)
			.putShort((short) block.length)
			.put(block)
			.array();
	}

	private static byte[] all(Value... values) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (Value value : values) {
			out.write(value.type);
			out.write(value.content.length >> Byte.SIZE);
			out.write(value.content.length);
			out.writeBytes(value.content);
		}
		return out.toByteArray();
	}

	/**
	 * Join bytes.
	 * @param parts the parts
	 * @return all of them
	 */
	public static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	/**
	 * A value of a header of version 2.
	 *
	 * @param type its type
	 * @param content its content
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Value(int type, byte[] content) {
	}

}
