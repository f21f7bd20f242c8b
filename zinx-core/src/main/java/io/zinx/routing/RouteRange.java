package io.zinx.routing;

/**
 * A range of message numbers and the router that answers those of them that have no
 * router of their own.
 *
 * @param from the first message number, 0 to 4294967295
 * @param to the last message number, {@code from} to 4294967295
 * @param router the router, behind the middleware that was registered before it
 * @param name what the router is called in logs and errors, for example a bean name
 * @param execution on which thread it handles them
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
