package io.zinx.routing;

import org.jspecify.annotations.Nullable;

/**
 * Middleware of a range of message numbers.
 *
 * @param from the first number
 * @param to the last number
 * @param function the middleware
 */
record RangedFunction(long from, long to, RouterFunction function) {

	/**
	 * The middleware that runs before a router.
	 * @param first the first message number of the router
	 * @param last the last message number of the router
	 * @return the middleware, or {@code null} if it has no number in common with the
	 * router
	 */
	@Nullable RouterFunction before(long first, long last) {
		if (last < this.from || first > this.to) {
			return null;
		}
		return (this.from <= first && last <= this.to) ? this.function : this::handle;
	}

	private void handle(Request request) throws Exception {
		if (this.from <= request.msgId() && request.msgId() <= this.to) {
			this.function.handle(request);
		}
	}

}
