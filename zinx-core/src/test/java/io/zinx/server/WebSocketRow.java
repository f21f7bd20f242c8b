package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import io.zinx.testing.WebSocketStream;

/**
 * A rule of RFC 6455, and an example of a client that keeps or breaks it. Bytes are
 * written as text in ISO 8859-1.
 *
 * @param section the section of the RFC
 * @param name the example
 * @param sent the bytes that the client sends
 * @param echoed the payloads of all messages that come back, joined
 * @param pongs the payloads of all pongs that come back
 * @param code the status code of the close frame, the last one that comes
 */
record WebSocketRow(String section, String name, String sent, String echoed, List<String> pongs, int code) {

	static final int FIN = 0x80;

	/** The first reserved bit. */
	static final int COMPRESSED = 0x40;

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	/**
	 * A client that keeps the rule, and then closes.
	 */
	static WebSocketRow keeps(String section, String name, String sent, String echoed, String... pongs) {
		return new WebSocketRow(section, name, sent + close(1000, ""), echoed, List.of(pongs), 1000);
	}

	/**
	 * A client that closes by its own frame, and goes on as if it had not.
	 */
	static WebSocketRow closes(String section, String name, String sent, String echoed) {
		return new WebSocketRow(section, name, sent + late(), echoed, List.of(), 1000);
	}

	/**
	 * A client that breaks the rule, and goes on as if it had not.
	 */
	static WebSocketRow breaks(String section, String name, String sent) {
		return breaks(section, name, sent, "");
	}

	/**
	 * A client that breaks the rule behind a message, and goes on as if it had not.
	 */
	static WebSocketRow breaks(String section, String name, String sent, String echoed, String... pongs) {
		return new WebSocketRow(section, name, sent + late(), echoed, List.of(pongs), 1002);
	}

	/**
	 * A client with a frame that is too long.
	 */
	static WebSocketRow exceeds(String section, String name, String sent) {
		return new WebSocketRow(section, name, sent + late(), "", List.of(), 1009);
	}

	private static String late() {
		return frame(FIN | TEXT, "late") + frame(FIN | PING, "late") + close(1001, "late");
	}

	/**
	 * True if the client goes on behind the end.
	 */
	boolean goesOn() {
		return this.sent.endsWith(late());
	}

	/**
	 * True if the first frame is that of a compressed message, where one was agreed on
	 * (RFC 7692, section 6).
	 */
	boolean beginsCompressed() {
		int flagsAndKind = this.sent.charAt(0) & ~FIN;
		return flagsAndKind == (COMPRESSED | TEXT) || flagsAndKind == (COMPRESSED | BINARY);
	}

	/**
	 * A frame of a client.
	 */
	static String frame(int firstByte, String payload) {
		return text(WebSocketStream.frame(firstByte, bytes(payload)));
	}

	/**
	 * A close frame of a client.
	 */
	static String close(int code, String reason) {
		return frame(FIN | CLOSE, "" + (char) (code >> 8) + (char) (code & 0xFF) + reason);
	}

	static String hex(String digits) {
		return text(HexFormat.of().parseHex(digits));
	}

	static String utf8(String text) {
		return text(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A payload without a short period.
	 */
	static String payload(int length) {
		StringBuilder payload = new StringBuilder(length);
		for (int index = 0; index < length; index++) {
			payload.append((char) ('!' + index % 89));
		}
		return payload.toString();
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * The reason of the end, as it is counted.
	 */
	String reason() {
		return switch (this.code) {
			case 1000 -> "peer-closed";
			case 1002 -> "corrupt-frame";
			default -> "frame-too-long";
		};
	}

	@Override
	public String toString() {
		return this.section + ": " + this.name;
	}

}
