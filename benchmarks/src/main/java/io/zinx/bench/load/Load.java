package io.zinx.bench.load;

/**
 * A load: the requests to a server.
 *
 * @param name a short name
 * @param shape the pattern of requests
 * @param connections the number of connections, 1 or more
 * @param depth the number of requests that each connection has in flight, in the shapes
 * {@code CLOSED}, {@code QUERY} and {@code COMPUTE}
 * @param bodySize the length of each body, in bytes; in the shape {@code COMPUTE} also
 * the time for which the handler computes, in microseconds
 * @param rate requests a second on all connections together, in the shapes {@code OPEN},
 * {@code SLEEP} and {@code READ}
 */
public record Load(String name, Shape shape, int connections, int depth, int bodySize, int rate) {

	/**
	 * Create a load with as many requests as the server answers.
	 * @param name a short name
	 * @param connections the number of connections, 1 or more
	 * @param depth the number of requests that each has in flight, 1 or more
	 * @param bodySize the length of each body, in bytes
	 * @return the load
	 */
	public static Load closed(String name, int connections, int depth, int bodySize) {
		return new Load(name, Shape.CLOSED, connections, depth, bodySize, 0);
	}

	/**
	 * The same load on fewer connections.
	 * @param most the most connections
	 * @return this load if it has no more
	 */
	public Load atMost(int most) {
		return new Load(this.name, this.shape, Math.min(this.connections, most), this.depth, this.bodySize, this.rate);
	}

	/**
	 * The same load, heavier or lighter.
	 * @param number requests a second, or, if the load has no rate, connections, or, if
	 * handlers compute, microseconds; 1 or more
	 * @return a load whose name says so
	 */
	public Load with(int number) {
		if (number < 1) {
			throw new IllegalArgumentException(this.name + "@" + number + " (expected: 1 or more)");
		}
		String name = this.name + "@" + number;
		if (this.shape == Shape.COMPUTE) {
			return new Load(name, this.shape, this.connections, this.depth, number, this.rate);
		}
		return (this.rate > 0) ? new Load(name, this.shape, this.connections, this.depth, this.bodySize, number)
				: new Load(name, this.shape, number, this.depth, this.bodySize, 0);
	}

	/**
	 * The description of the load.
	 * @return a few words
	 */
	public String description() {
		return switch (this.shape) {
			case CLOSED -> "%,d connections, %d in flight each, bodies of %,d bytes".formatted(this.connections,
					this.depth, this.bodySize);
			case OPEN -> "%,d connections, %,d requests a second, bodies of %,d bytes".formatted(this.connections,
					this.rate, this.bodySize);
			case CHURN -> "%,d at a time connect, echo %,d bytes, close".formatted(this.connections, this.bodySize);
			case BROADCAST -> "%,d bytes to each of %,d connections; a message is one receipt".formatted(this.bodySize,
					this.connections);
			case IDLE -> "%,d idle connections".formatted(this.connections);
			case SLEEP, READ -> ("%,d connections, %,d requests a second, bodies of %,d bytes, while handlers of one "
					+ "connection in a hundred, and of one worker of ten, %s for 50 ms")
				.formatted(this.connections, this.rate, this.bodySize,
						(this.shape == Shape.SLEEP) ? "sleep" : "read from a socket");
			case QUERY -> "%,d connections, %,d in flight each, whose handlers all read from a socket for 5 ms"
				.formatted(this.connections, this.depth);
			case COMPUTE -> "%,d connections, %,d in flight each, whose handlers all compute for %,d us"
				.formatted(this.connections, this.depth, this.bodySize);
		};
	}

	/**
	 * The pattern of requests.
	 */
	public enum Shape {

		/** The next request goes out when a reply has come. */
		CLOSED,

		/**
		 * At a fixed rate, whether replies come or not.
		 */
		OPEN,

		/** Connect, one request, its reply, close, again. */
		CHURN,

		/**
		 * One request is answered to all connections; the next follows the last receipt.
		 */
		BROADCAST,

		/** Nothing is sent. */
		IDLE,

		/**
		 * The same as {@link #OPEN}, while one connection in a hundred always has one
		 * request in flight whose handler sleeps. These belong to one of ten workers; its
		 * other connections send nothing.
		 */
		SLEEP,

		/** The same as {@link #SLEEP}, but the handler reads from a socket. */
		READ,

		/** The same as {@link #CLOSED}, and all handlers read from a socket. */
		QUERY,

		/**
		 * The same as {@link #CLOSED}, and all handlers compute for as many microseconds
		 * as the body has bytes.
		 */
		COMPUTE

	}

}
