package io.zinx.boot.configfile;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Guesses which key was meant by one that does not exist.
 */
final class NearestName {

	/** From which share of different letters on two names have nothing in common. */
	private static final int TOO_FAR = 3;

	private NearestName() {
	}

	/**
	 * Find the key whose name differs in the fewest letters.
	 * @param name the name that is no key's
	 * @return the key's name, or {@code null} if none is near
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
	 * How many letters must be changed, added or removed to make one of the other.
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
