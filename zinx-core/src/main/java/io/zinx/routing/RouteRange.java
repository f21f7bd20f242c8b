package io.zinx.routing;

/**
 * A range of message numbers and the router for those of them that have no router of
 * their own.
 *
 * @param from the first message number, 0 to 4294967295
 * @param to the last message number, {@code from} to 4294967295
 * @param router the router, behind the middleware that was registered before it
 * @param name the name of the router in logs and errors, for example a bean name
 * @param execution the kind of thread that handles the messages
 */
public record RouteRange(long from, long to, Router router, String name, Execution execution) {

	boolean contains(long msgId) {
		return this.from <= msgId && msgId <= this.to;
	}

	@Override
	public String toString() {
		return this.name + " (" + this.from + " to " + this.to + ")";
	}

}
