package io.zinx.boot.configfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.core.io.ByteArrayResource;

/**
 * The target that Jazzer calls: a {@code zinx.json} becomes properties, or a failure that
 * names the position.
 */
public final class ZinxJsonFuzzer {

	private static final Pattern PLACE = Pattern.compile("\\d+:\\d+|line \\d+");

	private ZinxJsonFuzzer() {
	}

	/**
	 * Try one input.
	 * @param input any bytes
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		try {
			List<ZinxJsonEntry> entries = ZinxJsonParser.parse(new ByteArrayResource(input), text);
			new ZinxJsonImport(entries);
		}
		catch (ZinxJsonException ex) {
			if (!PLACE.matcher(ex.getMessage()).find()) {
				throw new AssertionError("The failure does not name its place", ex);
			}
		}
	}

}
