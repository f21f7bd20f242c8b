package io.zinx.diagnostics;

import org.jspecify.annotations.Nullable;

/**
 * Escaping of text that may come from a peer, for logs, exceptions and screens: the
 * result contains no line breaks, no control characters of terminals and no changes of
 * writing direction, and its length is limited. Any thread.
 */
public final class PeerText {

	/** The default of the longest text, in characters. */
	public static final int LONGEST = 1024;

	private PeerText() {
	}

	/**
	 * Escape a text, and truncate it after {@link #LONGEST} characters.
	 * @param text the text
	 * @return the escaped text; the text itself if there is nothing to escape
	 */
	public static String escape(@Nullable String text) {
		return escape(text, LONGEST);
	}

	/**
	 * Escape a text: an invisible character becomes <code>\n</code>, <code>\r</code>,
	 * <code>\t</code> or <code>&#92;u</code> and four digits. A backslash stays as it is,
	 * so that escaping twice is the same as escaping once.
	 * @param text the text
	 * @param longest the number of characters after which the text is truncated, 1 or
	 * more; the number of omitted characters is appended
	 * @return the escaped text; the text itself if there is nothing to escape
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
	 * True if a text needs no escaping.
	 * @param text the text
	 * @param longest the most characters it may have
	 * @return whether it is short enough and has only visible characters
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
