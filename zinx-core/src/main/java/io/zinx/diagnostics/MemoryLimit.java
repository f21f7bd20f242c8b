package io.zinx.diagnostics;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * The memory that this JVM may take for buffers: the smaller of its heap and of its
 * direct memory, which {@code -XX:MaxDirectMemorySize} limits, and
 * {@code -Dio.netty.maxDirectMemory} for Netty.
 */
public final class MemoryLimit {

	private static final String FLAG = "-XX:MaxDirectMemorySize=";

	private static final String UNITS = "kmgt";

	private static final long BYTES = Math.min(Runtime.getRuntime().maxMemory(),
			direct(inputArguments(), Long.getLong("io.netty.maxDirectMemory", 0)));

	private MemoryLimit() {
	}

	/**
	 * The memory limit.
	 * @return bytes, more than 0
	 */
	public static long bytes() {
		return BYTES;
	}

	/**
	 * The limit of direct memory.
	 * @param arguments the arguments of the JVM
	 * @param ofNetty the limit of Netty; 0 or less for that of the JVM
	 * @return bytes; {@link Long#MAX_VALUE} if none is set
	 */
	static long direct(List<String> arguments, long ofNetty) {
		long limit = Long.MAX_VALUE;
		for (String argument : arguments) {
			if (argument.startsWith(FLAG)) {
				long bytes = parse(argument.substring(FLAG.length()));
				limit = (bytes > 0) ? bytes : Long.MAX_VALUE;
			}
		}
		return (ofNetty > 0) ? Math.min(limit, ofNetty) : limit;
	}

	/**
	 * Parse a number with a unit, as the JVM does. It would not have started with an
	 * invalid one.
	 */
	private static long parse(String size) {
		if (size.isEmpty()) {
			return 0;
		}
		int unit = UNITS.indexOf(size.substring(size.length() - 1).toLowerCase(Locale.ROOT));
		String digits = (unit < 0) ? size : size.substring(0, size.length() - 1);
		try {
			long number = Long.decode(digits);
			return number << (10 * (unit + 1));
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static List<String> inputArguments() {
		try {
			return ManagementFactory.getRuntimeMXBean().getInputArguments();
		}
		catch (LinkageError | SecurityException ex) {
			return List.of();
		}
	}

}
