package io.zinx.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * Makes text that a peer may have written fit for a log, an exception or a screen:
 * nothing in it can begin a line, steer a terminal or turn the direction of writing, and
 * it is not long. Any thread.
 */
public final class PeerText {

	/** The longest text in characters, unless told otherwise. */
	public static final int LONGEST = 1024;

	private PeerText() {
	}

	/**
	 * Escape a text, and cut it after {@link #LONGEST} characters.
	 * @param text the text
	 * @return what can be shown; the text itself if nothing is wrong with it
	 */
	public static String escape(@Nullable String text) {
		return escape(text, LONGEST);
	}

	/**
	 * Escape a text: what is not seen becomes <code>\n</code>, <code>\r</code>,
	 * <code>\t</code> or <code>&#92;u</code> and four digits. A backslash stays as it is,
	 * so that who escapes once more changes nothing.
	 * @param text the text
	 * @param longest after how many characters to cut, 1 or more; how many are left out
	 * is said behind them
	 * @return what can be shown; the text itself if nothing is wrong with it
	 */
	public static String escape(@Nullable String text, int longest) {
		String value = String.valueOf(text);
		if (isPlain(value, longest)) {
			return value;
		}
		StringBuilder escaped = new StringBuilder(Math.min(value.length(), longest) + 32);
		int at = 0;
		while (at < value.length() && escaped.length() < longest) {
			int next = value.codePointAt(at);
			append(escaped, next);
			at += Character.charCount(next);
		}
		if (at < value.length()) {
			escaped.append("… (").append(value.length() - at).append(" more characters)");
		}
		return escaped.toString();
	}

	/**
	 * Whether a text can be shown as it is.
	 * @param text the text
	 * @param longest the most characters it may have
	 * @return whether it is short enough, and everything in it is seen
	 */
	static boolean isPlain(String text, int longest) {
		return text.length() <= longest && text.codePoints().allMatch(PeerText::isSeen);
	}

	private static boolean isSeen(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

	private static void append(StringBuilder escaped, int character) {
		if (isSeen(character)) {
			escaped.appendCodePoint(character);
			return;
		}
		switch (character) {
			case '\n' -> escaped.append("\\n");
			case '\r' -> escaped.append("\\r");
			case '\t' -> escaped.append("\\t");
			default -> {
				for (char unit : Character.toChars(character)) {
					escaped.append(String.format("\\u%04x", (int) unit));
				}
			}
		}
	}

}
