package io.zinx.boot.settings;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the known name that is most similar to an unknown one.
 */
public final class NearestName {

	/**
	 * Divisor of the length of a name: names that differ in more letters are not similar.
	 */
	private static final int TOO_FAR = 3;

	private NearestName() {
	}

	/**
	 * Find the name that differs in the fewest letters, whatever their case.
	 * @param name an unknown name
	 * @param known the names that exist
	 * @return one of these, or {@code null} if none is similar
	 */
	public static @Nullable String of(String name, Iterable<String> known) {
		String nearest = null;
		int least = Math.max(2, name.length() / TOO_FAR + 1);
		for (String candidate : known) {
			int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
			if (distance < least) {
				least = distance;
				nearest = candidate;
			}
		}
		return nearest;
	}

	/**
	 * Return the number of letters to change, add or remove to turn one name into the
	 * other.
	 */
	private static int distance(String left, String right) {
		int[] row = new int[right.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= left.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int changed = diagonal + ((left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[right.length()];
	}

}
