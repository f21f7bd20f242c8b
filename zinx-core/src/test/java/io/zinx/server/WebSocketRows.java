package io.zinx.server;

import java.util.ArrayList;
import java.util.List;

import static io.zinx.server.WebSocketRow.BINARY;
import static io.zinx.server.WebSocketRow.CLOSE;
import static io.zinx.server.WebSocketRow.CONTINUATION;
import static io.zinx.server.WebSocketRow.FIN;
import static io.zinx.server.WebSocketRow.PING;
import static io.zinx.server.WebSocketRow.PONG;
import static io.zinx.server.WebSocketRow.TEXT;
import static io.zinx.server.WebSocketRow.breaks;
import static io.zinx.server.WebSocketRow.close;
import static io.zinx.server.WebSocketRow.closes;
import static io.zinx.server.WebSocketRow.exceeds;
import static io.zinx.server.WebSocketRow.frame;
import static io.zinx.server.WebSocketRow.hex;
import static io.zinx.server.WebSocketRow.keeps;
import static io.zinx.server.WebSocketRow.payload;
import static io.zinx.server.WebSocketRow.utf8;

/**
 * The rules of RFC 6455 about frames, for a server that sends all bytes of messages back
 * and accepts frames of 64 KB. The begin of a frame is written in hexadecimal digits
 * where no correct client would write it.
 */
final class WebSocketRows {

	/** The mask in the examples of RFC 6455, section 5.7. */
	private static final String MASK = "37fa213d";

	private static final String MESSAGE = frame(FIN | TEXT, "message");

	private WebSocketRows() {
	}

	static List<WebSocketRow> all() {
		List<WebSocketRow> rows = new ArrayList<>();
		messages(rows);
		lengths(rows);
		pings(rows);
		reserved(rows);
		fragments(rows);
		brokenFragments(rows);
		texts(rows);
		closeCodes(rows);
		closeReasons(rows);
		behindTheClose(rows);
		masks(rows);
		return rows;
	}

	private static void messages(List<WebSocketRow> rows) {
		rows.add(keeps("5.7", "the masked text of the example", hex("818537fa213d7f9f4d5158"), "Hello"));
		for (int length : new int[] { 0, 1, 2, 3, 4, 7, 8, 9, 125, 126, 127, 128, 65535, 65536 }) {
			rows.add(keeps("5.6", "a text of " + length + " bytes", frame(FIN | TEXT, payload(length)),
					payload(length)));
			rows.add(keeps("5.6", "a binary message of " + length + " bytes", frame(FIN | BINARY, payload(length)),
					payload(length)));
		}
		rows.add(keeps("5.6", "several messages", MESSAGE.repeat(20), "message".repeat(20)));
	}

	private static void lengths(List<WebSocketRow> rows) {
		for (String length : List.of("fe0000", "fe0005", "fe007d", "ff0000000000000005", "ff000000000000007e",
				"ff000000000000ffff")) {
			rows.add(breaks("5.2", "a length in more bytes than needed, " + length, hex("82" + length + MASK)));
		}
		for (String length : List.of("ff8000000000000000", "ff8000000000000005", "ffffffffffffffffff")) {
			rows.add(breaks("5.2", "a length with its highest bit set, " + length, hex("82" + length + MASK)));
		}
		for (String length : List.of("ff0000000000010001", "ff0000000080000000", "ff0000000100000005",
				"ff7fffffffffffffff")) {
			rows.add(exceeds("7.4.1", "a frame that is too long, " + length, hex("82" + length + MASK)));
		}
		rows.add(exceeds("7.4.1", "a frame that is too long, sent to its end", frame(FIN | BINARY, payload(200_000))));
	}

	private static void pings(List<WebSocketRow> rows) {
		for (int length : new int[] { 0, 1, 5, 124, 125 }) {
			rows.add(keeps("5.5.3", "a ping with " + length + " bytes", frame(FIN | PING, payload(length)), "",
					payload(length)));
		}
		String binary = hex("00fffefdfcfb00ff");
		rows.add(keeps("5.5.3", "a ping with bytes that are no text", frame(FIN | PING, binary), "", binary));
		rows.add(breaks("5.5", "a ping with 126 bytes", frame(FIN | PING, payload(126))));
		rows.add(breaks("5.5", "a ping with 65536 bytes in its head", hex("89ff0000000000010000" + MASK)));
		rows.add(breaks("5.5", "a pong with 126 bytes", frame(FIN | PONG, payload(126))));
		StringBuilder ten = new StringBuilder();
		List<String> pongs = new ArrayList<>();
		for (int number = 0; number < 10; number++) {
			ten.append(frame(FIN | PING, "ping " + number));
			pongs.add("ping " + number);
		}
		rows.add(keeps("5.5.3", "ten pings, answered in order", ten.toString(), "", pongs.toArray(String[]::new)));
		rows.add(keeps("5.5.3", "a pong that nobody asked for", frame(FIN | PONG, "") + MESSAGE, "message"));
		rows.add(keeps("5.5.3", "such a pong with bytes, and a ping", frame(FIN | PONG, "a") + frame(FIN | PING, "b"),
				"", "b"));
		rows.add(keeps("5.5.2", "pings beside long messages",
				(frame(FIN | BINARY, payload(30_000)) + frame(FIN | PING, "p")).repeat(3), payload(30_000).repeat(3),
				"p", "p", "p"));
	}

	private static void reserved(List<WebSocketRow> rows) {
		for (int bits = 0x10; bits <= 0x70; bits += 0x10) {
			for (int kind : new int[] { CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG }) {
				rows.add(breaks("5.2", "reserved bits " + (bits >> 4) + " in a frame of kind " + kind,
						MESSAGE + frame(FIN | bits | kind, "ab"), "message"));
			}
		}
		for (int kind : new int[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 }) {
			rows.add(breaks("5.2", "reserved kind " + kind, frame(FIN | kind, "")));
			rows.add(breaks("5.2", "reserved kind " + kind + " behind a message and a ping",
					MESSAGE + frame(FIN | PING, "p") + frame(FIN | kind, "payload"), "message", "p"));
		}
	}

	private static void fragments(List<WebSocketRow> rows) {
		for (int kind : new int[] { TEXT, BINARY }) {
			String begin = frame(kind, "a");
			String end = frame(FIN | CONTINUATION, "c");
			String of = " of kind " + kind;
			rows.add(keeps("5.4", "two fragments" + of, begin + end, "ac"));
			rows.add(keeps("5.4", "many fragments" + of, begin + frame(CONTINUATION, "b").repeat(50) + end,
					"a" + "b".repeat(50) + "c"));
			rows.add(keeps("5.4", "empty fragments" + of,
					frame(kind, "") + frame(CONTINUATION, "") + frame(FIN | CONTINUATION, ""), ""));
			rows.add(keeps("5.4", "an empty fragment in between" + of, begin + frame(CONTINUATION, "") + end, "ac"));
			rows.add(keeps("5.4", "a ping between fragments" + of, begin + frame(FIN | PING, "p") + end, "ac", "p"));
			rows.add(keeps(
					"5.4", "pings and pongs between fragments" + of, begin + frame(FIN | PING, "p")
							+ frame(FIN | PONG, "q") + frame(CONTINUATION, "b") + frame(FIN | PING, "r") + end,
					"abc", "p", "r"));
			rows.add(keeps("5.4", "another message behind fragments" + of, begin + end + MESSAGE, "acmessage"));
			rows.add(closes("5.4", "a close between fragments" + of, begin + close(1000, ""), "a"));
		}
	}

	private static void brokenFragments(List<WebSocketRow> rows) {
		for (int fin : new int[] { 0, FIN }) {
			String last = (fin == 0) ? ", not the last" : "";
			rows.add(breaks("5.4", "a continuation without a begin" + last, frame(fin | CONTINUATION, "b")));
			rows.add(breaks("5.4", "a continuation behind a message" + last, MESSAGE + frame(fin | CONTINUATION, "b"),
					"message"));
			rows.add(breaks("5.4", "a continuation behind the last fragment" + last,
					frame(TEXT, "a") + frame(FIN | CONTINUATION, "b") + frame(fin | CONTINUATION, "c"), "ab"));
			for (int kind : new int[] { TEXT, BINARY }) {
				rows.add(breaks("5.4", "a message of kind " + kind + " between fragments" + last,
						frame(TEXT, "a") + frame(fin | kind, "b"), "a"));
			}
		}
		for (int kind : new int[] { CLOSE, PING, PONG }) {
			rows.add(breaks("5.5", "a fragment of kind " + kind, frame(kind, "")));
			rows.add(breaks("5.5", "a fragment of kind " + kind + " between fragments",
					frame(TEXT, "a") + frame(kind, "ab"), "a"));
		}
	}

	/**
	 * Section 8.1 lets a server that interprets text refuse what is not UTF-8. This one
	 * hands on bytes and does not look at them, see {@code docs/websocket.md}.
	 */
	private static void texts(List<WebSocketRow> rows) {
		String greek = utf8("κόσμε");
		rows.add(keeps("5.6", "a text in UTF-8", frame(FIN | TEXT, greek), greek));
		rows.add(keeps("5.6", "a text that is split within a character",
				frame(TEXT, greek.substring(0, 3)) + frame(FIN | CONTINUATION, greek.substring(3)), greek));
		for (String invalid : List.of("edeaa080", "c3", "fffe", "c0af", "f4908080", "80")) {
			rows.add(keeps("8.1", "a text that is not UTF-8 is passed on, " + invalid, frame(FIN | TEXT, hex(invalid)),
					hex(invalid)));
		}
	}

	/**
	 * Section 5.5.1 says that the code of the answer is "typically" the one received: the
	 * server says 1000, as for each end that the client wants.
	 */
	private static void closeCodes(List<WebSocketRow> rows) {
		rows.add(closes("5.5.1", "a close without a code", frame(FIN | CLOSE, ""), ""));
		for (int code : new int[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999,
				4000, 4999 }) {
			rows.add(closes("7.4", "a close with code " + code, close(code, ""), ""));
		}
		for (int code : new int[] { 0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 32_767,
				32_768, 65_535 }) {
			rows.add(breaks("7.4", "a close with code " + code, close(code, "")));
		}
	}

	private static void closeReasons(List<WebSocketRow> rows) {
		rows.add(breaks("5.5.1", "a close with half a code", frame(FIN | CLOSE, "\3")));
		rows.add(closes("5.5.1", "a close with a text", close(1000, "going away"), ""));
		rows.add(closes("5.5.1", "a close with a text in UTF-8", close(1000, utf8("κόσμε")), ""));
		rows.add(closes("5.5", "a close with a text of 123 bytes", close(1000, payload(123)), ""));
		rows.add(breaks("5.5", "a close with a text of 124 bytes", close(1000, payload(124))));
		for (String invalid : List.of("edeaa080", "c3", "fffe", "c0af", "f4908080", "80", "61e282")) {
			rows.add(breaks("8.1", "a close with a text that is not UTF-8, " + invalid, close(1000, hex(invalid))));
		}
	}

	private static void behindTheClose(List<WebSocketRow> rows) {
		rows.add(closes("5.5.1", "messages before a close are answered", MESSAGE.repeat(10) + close(1000, ""),
				"message".repeat(10)));
		rows.add(closes("5.5.1", "a message behind a close is ignored", close(1000, "") + MESSAGE, ""));
		rows.add(closes("5.5.1", "a ping behind a close is ignored", close(1000, "") + frame(FIN | PING, "p"), ""));
		rows.add(closes("5.5.1", "a close behind a close is ignored", close(1000, "").repeat(2), ""));
		rows.add(closes("5.5.1", "a frame that breaks rules behind a close is ignored", close(1000, "") + hex("ff00"),
				""));
		rows.add(breaks("7.1.7", "a close behind a frame that breaks rules is ignored", hex("8300") + close(1000, "")));
	}

	private static void masks(List<WebSocketRow> rows) {
		for (String head : List.of("8200", "8105", "8900", "8a00", "8800", "0100", "8000", "827e0080",
				"827f0000000000010000")) {
			rows.add(breaks("5.1", "a frame without a mask, " + head, MESSAGE + hex(head), "message"));
		}
		rows.add(keeps("5.3", "a mask of zeros", hex("81850000000048656c6c6f"), "Hello"));
		rows.add(keeps("5.3", "another mask for each frame", hex("8182ffffffffb7b6" + "8182000000ff4849"), "HIHI"));
	}

}
