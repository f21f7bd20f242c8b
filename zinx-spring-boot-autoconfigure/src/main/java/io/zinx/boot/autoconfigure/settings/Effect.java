package io.zinx.boot.autoconfigure.settings;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The condition on which settings have an effect.
 *
 * @param settings the name of one setting, or of a group
 * @param counts whether they have an effect
 * @param needs the condition in words
 * @param off the setting that switches them off on purpose if it is typed, so that
 * nothing is said; {@code null} if there is none
 */
record Effect(String settings, Predicate<Situation> counts, String needs, @Nullable String off) {

	/**
	 * Return the condition that a setting is given.
	 */
	static Effect with(String settings, Predicate<Situation> counts, String setting) {
		return new Effect(settings, counts, "it needs " + setting, null);
	}

	/**
	 * Return this condition, of which nothing is said if its switch is typed.
	 */
	Effect unlessOff(String property) {
		return new Effect(this.settings, this.counts, this.needs, property);
	}

	boolean isMissing(String setting, Situation situation) {
		boolean concerned = setting.equals(this.settings) || setting.startsWith(this.settings + ".");
		return concerned && !this.counts.test(situation);
	}

	boolean isOnPurpose(Situation situation) {
		return this.off != null && situation.isTyped(this.off);
	}

}
