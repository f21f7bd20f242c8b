package io.zinx.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.zinx.fuzz.Seeds;

/**
 * The seeds: messages, headers of both versions and the begin of TLS, alone and behind
 * each other, for each combination of settings.
 */
public final class FirstBytesSeeds {

	private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

	private FirstBytesSeeds() {
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
		byte[] message = hex("0000000100000005" + "68656c6c6f");
		byte[] tls = hex("160301002e0100002a0303" + "00".repeat(32) + "000002130101000000");
		byte[] v1 = "PROXY TCP4 192.0.2.7 198.51.100.1 51234 443\r\n".getBytes(StandardCharsets.US_ASCII);
		byte[] unknown = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
		byte[] v2 = hex(SIGNATURE + "2111" + "0014" + "c0000207c6336401c82201bb" + "05000568656c6c6f");
		byte[] local = hex(SIGNATURE + "2000" + "0003" + "ffffff");
		List<byte[]> seeds = new ArrayList<>();
		for (int settings = 0; settings < FirstBytesFuzzer.SETTINGS.size(); settings++) {
			for (byte[] header : List.of(new byte[0], v1, unknown, v2, local)) {
				for (byte[] rest : List.of(message, tls)) {
					seeds.add(seed(settings, header, rest));
				}
			}
		}
		return seeds;
	}

	private static byte[] hex(String text) {
		return HexFormat.of().parseHex(text);
	}

	private static byte[] seed(int settings, byte[] header, byte[] rest) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(settings);
		out.write(settings * 5);
		out.write(header.length & 1);
		out.writeBytes(header);
		out.writeBytes(rest);
		return out.toByteArray();
	}

}
