package io.zinx.boot.configfile;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the known key that is most similar to an unknown one.
 */
final class NearestName {

	/**
	 * Divisor of the length of a name: names that differ in more letters are not similar.
	 */
	private static final int TOO_FAR = 3;

	private NearestName() {
	}

	/**
	 * Find the key whose name differs in the fewest letters.
	 * @param name an unknown name
	 * @return the key's name, or {@code null} if none is similar
	 */
	static @Nullable String of(String name) {
		String nearest = null;
		int least = Math.max(2, name.length() / TOO_FAR + 1);
		for (ZinxJsonKey key : ZinxJsonKey.values()) {
			int distance = distance(name.toLowerCase(Locale.ROOT), key.spelling().toLowerCase(Locale.ROOT));
			if (distance < least) {
				least = distance;
				nearest = key.spelling();
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
