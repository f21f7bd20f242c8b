package io.zinx.bench;

import java.util.List;
import java.util.stream.Stream;

import io.zinx.bench.load.Load;
import io.zinx.bench.load.Load.Shape;

/**
 * A server to compare.
 *
 * @param name {@code netty}, {@code MODE}, {@code MODE-WORKERS}, or one of the latter two
 * behind {@code spring-}
 * @param main its main class
 * @param arguments the arguments behind the port
 */
record Contender(String name, Class<?> main, List<String> arguments) {

	/** The server that the others are compared with. */
	static final String NETTY = "netty";

	private static final String SPRING = "spring-";

	/**
	 * Find a server by its name.
	 * @throws IllegalArgumentException if there is none of that name
	 */
	static Contender of(String name) {
		if (name.equals(NETTY)) {
			return new Contender(name, NettyEchoServer.class, List.of());
		}
		boolean spring = name.startsWith(SPRING);
		String mode = spring ? name.substring(SPRING.length()) : name;
		Class<?> main = spring ? SpringEchoServer.class : EchoServer.class;
		int dash = mode.lastIndexOf('-');
		boolean hasWorkers = dash > 0 && mode.substring(dash + 1).chars().allMatch(Character::isDigit);
		List<String> arguments = hasWorkers ? List.of(mode.substring(0, dash), mode.substring(dash + 1))
				: List.of(mode);
		Modes.parse(arguments.get(0));
		return new Contender(name, main, arguments);
	}

	/**
	 * Filter the available servers: a mode may not be available.
	 */
	static List<String> available(String... names) {
		return Stream.of(names).filter((name) -> !name.equals("bind") || Modes.find(name).isPresent()).toList();
	}

	boolean isNetty() {
		return this.name.equals(NETTY);
	}

	/**
	 * The server for a load: written by hand, the one that broadcasts is another one.
	 */
	Contender facing(Load load) {
		boolean other = isNetty() && load.shape() == Shape.BROADCAST;
		return other ? new Contender(this.name, NettyBroadcastServer.class, this.arguments) : this;
	}

}
