package io.zinx.bench.load;

/**
 * What is asked of a server.
 *
 * @param name a short name
 * @param shape in what manner
 * @param connections how many connections, 1 or more
 * @param depth how many requests each connection has in flight, in shape {@code CLOSED}
 * @param bodySize the length of each body, in bytes
 * @param rate requests a second on all connections together, in shape {@code OPEN}
 */
public record Load(String name, Shape shape, int connections, int depth, int bodySize, int rate) {

	/**
	 * As many requests as the server answers.
	 * @param name a short name
	 * @param connections how many connections, 1 or more
	 * @param depth how many requests each has in flight, 1 or more
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
	 * What it is, in words.
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
		};
	}

	/**
	 * In what manner requests are made.
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
		IDLE

	}

}
