package io.zinx.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.zinx.fuzz.Seeds;

/**
 * The seeds: frames of each kind and length, fragments, closes, and heads that are wrong.
 */
public final class WebSocketFramesSeeds {

	private static final List<String> RAW = List.of("82fe000537fa213d", "82ff000000000000000537fa213d",
			"82ff800000000000000537fa213d", "82ff000000000001000037fa213d", "89fe007e37fa213d", "8205", "8881", "f2",
			"82", "818537fa213d7f9f4d5158");

	private WebSocketFramesSeeds() {
	}

	/**
	 * Write all seeds to a directory.
	 * @param args its path
	 * @throws IOException if they cannot be written
	 */
	public static void main(String[] args) throws IOException {
		Seeds.write(Path.of(args[0]), all());
	}

	static List<byte[]> all() {
		List<byte[]> seeds = new ArrayList<>();
		for (int first = 0; first < WebSocketFramesFuzzer.FIRST.length; first++) {
			for (int length = 0; length < WebSocketFramesFuzzer.LENGTHS.length; length++) {
				seeds.add(seed(first, frame(0, 3), frame(first, length), frame(6, 3), frame(0, 3)));
			}
		}
		seeds.add(seed(0, frame(3, 3), frame(4, 0), frame(6, 3), frame(4, 5), frame(5, 2), frame(0, 3)));
		for (String body : List.of("03e8", "0fa1", "1388", "ffff", "03ec", "03e861e282", "03e8c3a461", "03e8636465")) {
			int length = (body.length() == 4) ? 2 : 3;
			seeds.add(seed(body.length(), frame(0, 3), close(length, body), frame(0, 3)));
		}
		for (String raw : RAW) {
			seeds.add(seed(raw.length(), frame(0, 3), raw(raw), frame(0, 3)));
		}
		return seeds;
	}

	private static byte[] frame(int first, int length) {
		return new byte[] { (byte) (length << 4 | first), 0x3A, 'h', 'e', 'l', 'l', 'o' };
	}

	private static byte[] close(int length, String bodyInHex) {
		byte[] body = HexFormat.of().parseHex(bodyInHex);
		ByteArrayOutputStream close = new ByteArrayOutputStream();
		close.write(length << 4 | 8);
		close.write(0x51);
		close.writeBytes(body);
		return close.toByteArray();
	}

	private static byte[] raw(String digits) {
		byte[] bytes = HexFormat.of().parseHex(digits);
		ByteArrayOutputStream raw = new ByteArrayOutputStream();
		raw.write(0x80 | bytes.length);
		raw.writeBytes(bytes);
		return raw.toByteArray();
	}

	private static byte[] seed(int piece, byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(piece);
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

}
