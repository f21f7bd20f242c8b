package io.zinx.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A command line of options with values behind them.
 */
final class CommandLine {

	private CommandLine() {
	}

	/**
	 * Read a command line.
	 * @param args its words
	 * @param keys the options, without the hyphens
	 * @return the values of each option that is given, joined by spaces; empty for one
	 * without a value
	 * @throws IllegalArgumentException if it does not begin with one of the options
	 */
	static Map<String, String> parse(String[] args, Set<String> keys) {
		Map<String, String> given = new HashMap<>();
		String key = null;
		for (String arg : args) {
			if (arg.startsWith("--") && keys.contains(arg.substring(2))) {
				key = arg.substring(2);
				given.put(key, "");
			}
			else if (key != null) {
				given.merge(key, arg, (before, next) -> (before + " " + next).strip());
			}
			else {
				throw new IllegalArgumentException("argument: " + arg + " (expected: one of --" + keys + ")");
			}
		}
		return given;
	}

}
